"""Derivatives as people write them, brought to `∂y/∂x`: gradients, differentials, Jacobians, lost signs."""

"""What running text and marks say of the formulas beside them: "where $g$ is …", braces, cases, shapes."""

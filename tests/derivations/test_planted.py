"""The library can fail: slips planted into right derivations are found, each in the line that holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.verdict import Verdict

ROOT = Path(__file__).parents[2] / "derivations"

# By document: what a right line says, and what the slip makes of it.
SLIPS: dict[str, list[tuple[str, str]]] = {
    "factorisation/embedding.md": [
        (r"= W^\top (p - y)$$", r"= W^\top (y - p)$$"),
        (r"= (p - y) x^\top", r"= (y - p) x^\top"),
        (r"\partial E} = w (p - y)^\top W", r"\partial E} = w p^\top W"),
        (r"= w_i \sum_{c=1}^k W_{cj} (p_c - y_c)", r"= w_i \sum_{c=1}^k W_{cj} p_c"),
    ],
    "factorisation/negative-sampling.md": [
        (r"= (\sigma(u^\top v) - 1) u +", r"= (\sigma(u^\top v) - 1) v +"),
        (
            r"u + \sum_{k=1}^K (1 - \sigma(-N_k^\top v)) N_k",
            r"u - \sum_{k=1}^K (1 - \sigma(-N_k^\top v)) N_k",
        ),
        (r"= (1 - \sigma(-N_k^\top v)) v =", r"= (1 - \sigma(N_k^\top v)) v ="),
        (r"\partial u} = (\sigma(u^\top v) - 1) v", r"\partial u} = \sigma(u^\top v) v"),
    ],
    "factorisation/neighbours-and-noise.md": [
        (r"= -(1 - \sigma(a_b^\top r_c)) r_c", r"= (1 - \sigma(a_b^\top r_c)) r_c"),
        (r"= \sigma(a_k^\top r_c) r_c", r"= \sigma(-a_k^\top r_c) r_c"),
        (r"a_b + \sum_{k=1}^n \sigma(a_k^\top r_c) a_k", r"a_b + \sum_{k=1}^n a_k"),
    ],
    "factorisation/ranked-pairs.md": [
        (r"(\sigma(m) - 1)(q_i - q_j)", r"(\sigma(m) - 1)(q_i + q_j)"),
        (r"(\sigma(m) - 1) p_u + \lambda q_i", r"(\sigma(m) - 1) p_u + \lambda p_u"),
        (r"= (1 - \sigma(m)) p_u", r"= (\sigma(m) - 1) p_u"),
    ],
    "forms/kalman-gain.tex": [
        (r"-(P + P^\top) H^\top + K (S + S^\top)", r"(P + P^\top) H^\top + K (S + S^\top)"),
        (r"-(P + P^\top) H^\top + K (S + S^\top)", r"-(P + P^\top) H^\top + K S"),
        (r"\frac{1}{2} H^\top (R^{-1} + R^{-\top}) v", r"H^\top (R^{-1} + R^{-\top}) v"),
        (r"\partial v} &= -\frac{1}{2} (R^{-1} + R^{-\top}) v", r"\partial v} &= -\frac{1}{2} R^{-1} v"),
    ],
    "likelihoods/gan-batch.txt": [
        (r"= -\frac{1}{m p_i}", r"= \frac{1}{m p_i}"),
        (r"= \frac{1}{m (1 - q_i)}", r"= -\frac{1}{m (1 - q_i)}"),
        (
            r"\left( X^T (p - \mathbf{1}) + G^T q \right)",
            r"\left( X^T (p - \mathbf{1}) + G^T (q - \mathbf{1}) \right)",
        ),
        (r"= \frac{1}{m} Z^T (q - \mathbf{1}) w^T", r"= \frac{1}{m} Z^T q w^T"),
    ],
    "likelihoods/gaussian-divergence.tex": [
        (r"\partial m} = -\Sigma^{-1} (\mu - m)", r"\partial m} = \Sigma^{-1} (\mu - m)"),
        (r"\partial \mu} = \Sigma^{-1} (\mu - m)", r"\partial \mu} = \Sigma (\mu - m)"),
        (r"\left( \Sigma^{-1} - S^{-1} \right)^\top", r"\left( \Sigma^{-1} + S^{-1} \right)^\top"),
        (r"\Sigma^{-1} - \Sigma^{-1} S \Sigma^{-1} -", r"\Sigma^{-1} -"),
    ],
    "likelihoods/vae.md": [
        (r"\partial \mu} = D^T (r - x) + \mu", r"\partial \mu} = D^T (r - x)"),
        (r"\partial z} = D^T (r - x)", r"\partial z} = D^T (x - r)"),
        (r"\odot e^{\rho / 2} + \frac{1}{2} (e^\rho - 1)", r"\odot e^{\rho / 2} + \frac{1}{2} e^\rho"),
        (r"= \frac{1}{2} D^T (r - x) \odot \epsilon \odot e", r"= D^T (r - x) \odot \epsilon \odot e"),
        (
            r"\partial B} = \frac{\partial L}{\partial \rho} x^T",
            r"\partial B} = \frac{\partial L}{\partial \rho} z^T",
        ),
    ],
    "networks/activations.md": [
        (r"\sigma'(x) = \sigma(x) (1 - \sigma(x))", r"\sigma'(x) = \sigma(x) (1 + \sigma(x))"),
        (r"\tanh'(x) = 1 - \tanh^2(x)", r"\tanh'(x) = 1 - \tanh(x)"),
        (r"\operatorname{softplus}'(x) = \sigma(x)", r"\operatorname{softplus}'(x) = \sigma'(x)"),
        (r"\operatorname{GELU}'(x) = \Phi(x) + x \phi(x)", r"\operatorname{GELU}'(x) = \Phi(x) + \phi(x)"),
    ],
    "networks/autoencoder-rows.ipynb": [
        (r"(R - X)^\\top H + X^\\top \\frac", r"X^\\top \\frac"),
        (r"\\partial H} = (R - X) W", r"\\partial H} = (X - R) W"),
        (r"= (R - X) W \\odot (1 - H \\odot H)", r"= (R - X) W \\odot (1 - H)"),
        (
            r"\\partial \\mathbf{c}} = \\mathbf{1}^\\top (R - X)",
            r"\\partial \\mathbf{c}} = \\mathbf{1}^\\top (X - R)",
        ),
    ],
    "networks/dropout-rows.ipynb": [
        (r"\\nabla_{W_2} J = D^T (O - T)", r"\\nabla_{W_2} J = H^T (O - T)"),
        (r"\\nabla_H J = \\frac{1}{p} M \\odot", r"\\nabla_H J = M \\odot"),
        (r" W_2^T \\odot \\mathbb{1}[X W_1 > 0]", r" W_2^T"),
        (r"\\nabla_O J = O - T", r"\\nabla_O J = T - O"),
    ],
    "networks/residual-blocks.tex": [
        (
            r"\nabla_{x_1} C = \nabla_{x_2} C + W_2^\top \nabla_{a_2} C",
            r"\nabla_{x_1} C = W_2^\top \nabla_{a_2} C",
        ),
        (r"\mathbb{1}[a_2 > 0] \big) x_1^\top", r"\mathbb{1}[a_2 > 0] \big) x_0^\top"),
        (r"\relu'(a_1) \end", r"\relu'(a_2) \end"),
        (r"\nabla_{x_0} C = \nabla_{x_1} C + W_1", r"\nabla_{x_0} C = \nabla_{x_1} C - W_1"),
    ],
    "normalisation/batch-norm.md": [
        (
            r"\partial \beta} = \sum_{i=1}^m \frac{\partial L}{\partial y_i}",
            r"\partial \beta} = \frac{1}{m} \sum_{i=1}^m \frac{\partial L}{\partial y_i}",
        ),
        (r"{\partial y_i} \hat x_i$$", r"{\partial y_i} x_i$$"),
        (r"= -\frac{1}{2} (v + \epsilon)^{-3/2}", r"= \frac{1}{2} (v + \epsilon)^{-3/2}"),
        (r" + \frac{1}{m} \frac{\partial L}{\partial \mu}", r""),
        (r"- \hat x_i \sum_{j=1}^m", r"+ \hat x_i \sum_{j=1}^m"),
    ],
    "normalisation/batch-norm-loss.md": [
        (r"- \frac{1}{m} \mathbf 1 \mathbf 1^\top (y - t)", r""),
        (r"\nabla_\gamma L = n^\top (y - t)", r"\nabla_\gamma L = x^\top (y - t)"),
        (r"\delta_{ij} - \frac{1}{m} - \frac{n_i n_j}{m}", r"\delta_{ij} - \frac{1}{m} - n_i n_j"),
        (r"\nabla_n L = \gamma (y - t)", r"\nabla_n L = y - t"),
    ],
    "normalisation/layer-norm-full.tex": [
        (r"= \frac{x_i - \mu}{d s} =", r"= \frac{x_i - \mu}{s} ="),
        (r"= (y_i - t_i) \hat{x}_i \]", r"= (y_i - t_i) x_i \]"),
        (
            r"\delta_{ij} - \frac{1}{d} - \frac{\hat{x}_i \hat{x}_j}{d}",
            r"\delta_{ij} - \frac{1}{d} + \frac{\hat{x}_i \hat{x}_j}{d}",
        ),
        (r"= (y_i - t_i) g_i", r"= (y_i - t_i)"),
    ],
    "normalisation/rms-norm.txt": [
        (r"= \frac{1}{d r} x", r"= \frac{1}{r} x"),
        (r"\frac{u^T (g \odot x)}{d r^3} x", r"\frac{u^T (g \odot x)}{d r^2} x"),
        (r"\nabla_g L = \frac{1}{r} u \odot x", r"\nabla_g L = \frac{1}{r} u \odot g"),
    ],
    "regression/huber.txt": [
        (r"= -\rho'(r)", r"= \rho'(r)"),
        (r"- \frac{1}{2} k^2 & |r| > k", r"- k^2 r & |r| > k"),
        (
            r"\rho'(r) = \begin{cases} r & |r| \le k \\ k \operatorname{sign}(r)",
            r"\rho'(r) = \begin{cases} r & |r| \le k \\ k",
        ),
    ],
    "factorisation/context-words.md": [
        (r"= \mathbf{u}_o - \sum_{j", r"= \mathbf{u}_o + \sum_{j"),
        (r"P(w_j \mid w_c) \mathbf{u}_j$$", r"P(w_j \mid w_c) \mathbf{v}_j$$"),
        (r"(\delta_{oj} - P(w_j \mid w_c))", r"(P(w_j \mid w_c) - \delta_{oj})"),
    ],
    "factorisation/window.md": [
        (r"= -u_o + \sum", r"= u_o + \sum"),
        (r"(P(o|c) - 1) \, v_c", r"(1 - P(o|c)) \, v_c"),
        (r"= P(w|c) \, v_c, \quad", r"= P(o|c) \, v_c, \quad"),
    ],
    "regression/class-posterior.tex": [
        (r"\nabla_{\beta_k} J = -\frac{1}{m}", r"\nabla_{\beta_k} J = \frac{1}{m}"),
        (r"\nabla_{\beta_k} J = -\frac{1}{m} \sum", r"\nabla_{\beta_k} J = -\sum"),
        (r" - p(y^{(i)} = k \mid x^{(i)})\big)", r" + p(y^{(i)} = k \mid x^{(i)})\big)"),
    ],
    "regression/minibatch.md": [
        (r"x^{(i)} (w^\top x^{(i)} + b - y^{(i)})", r"x^{(i)} (w^\top x^{(i)} - y^{(i)})"),
        (r"\partial_b f = \frac{1}{|\mathcal{B}|}", r"\partial_b f ="),
    ],
    "sequences/attention-by-entries.md": [
        (r"(\delta_{jl} - a_{il})", r"(\delta_{jl} - a_{ij})"),
        (r"= a_{ij} (v_{jr} - o_{ir})", r"= a_{ij} v_{jr}"),
        (r"= k_{jr}$$", r"= q_{ir}$$"),
    ],
    "margins/hinge-by-class.md": [
        (r"{\partial s_{ic}} = \frac{1}{N} \mathbb{1}", r"{\partial s_{ic}} = \mathbb{1}"),
        (r"{\partial s_{i y_i}} = -\frac{1}{N}", r"{\partial s_{i y_i}} = \frac{1}{N}"),
        (r"= -\frac{1}{N} \sum_{c \neq y_i} \mathbb{1}", r"= -\frac{1}{N} \sum_{c} \mathbb{1}"),
    ],
    "margins/weights-of-classes.tex": [
        (r"> 0) \Big) x_i,", r"> 0) \Big) w_{y_i},"),
        (r"L_i = -\Big( \sum", r"L_i = \Big( \sum"),
        (r"\nabla_{w_j} L_i = \mathbf{1}", r"\nabla_{w_j} L_i = -\mathbf{1}"),
    ],
    "regression/softmax-by-label.md": [
        (r"(\mathbb{1}[k = y_i] - p_k)", r"(\mathbb{1}[k = y_i] - p_{y_i})"),
        (r"= p_k - \mathbb{1}[k = y_i]", r"= \mathbb{1}[k = y_i] - p_k"),
        (r"-\frac{1}{p_{y_i}} \frac", r"\frac{1}{p_{y_i}} \frac"),
    ],
    "regression/softmax-in-columns.md": [
        (r"= \pi_k^{(i)} - 1\{y^{(i)} = k\}$$", r"= \pi_k^{(i)} + 1\{y^{(i)} = k\}$$"),
        (r"\nabla_{\theta_k} J = \sum", r"\nabla_{\theta_k} J = \frac{1}{m} \sum"),
        (r"J = \sum_{i=1}^{m} (\pi_k^{(i)} - 1\{y^{(i)} = k\})", r"J = \sum_{i=1}^{m} \pi_k^{(i)}"),
    ],
    "regression/softmax-of-one-class.md": [
        (r"= p_c (1 - p_c)", r"= p_c (p_c - 1)"),
        (r"= -p_c p_j, \quad", r"= p_c p_j, \quad"),
        (r"= p_j - \delta_{cj}$$", r"= \delta_{cj} - p_j$$"),
    ],
    "regression/softmax-rows.ipynb": [
        (r"= \\frac{1}{N} (P_{ik} - Y_{ik})", r"= P_{ik} - Y_{ik}"),
        (r"= \\frac{1}{N} X^\\top (P - Y)", r"= \\frac{1}{N} X^\\top (Y - P)"),
        (
            r"\\partial b_k} = \\frac{1}{N} \\sum_{i=1}^{N} (P_{ik} - Y_{ik})",
            r"\\partial b_k} = \\frac{1}{N} \\sum_{i=1}^{N} P_{ik}",
        ),
    ],
    "sequences/gru.tex": [
        (r"\pd{L}{z} &= (h - y) \odot (k - s)", r"\pd{L}{z} &= (h - y) \odot (s - k)"),
        (r"\pd{L}{e} &= (h - y) \odot z \odot (1 - k \odot k)", r"\pd{L}{e} &= (h - y) \odot z"),
        (r"U_h^\top \pd{L}{e} \odot s \\", r"U_h \pd{L}{e} \odot s \\"),
        (r"\pd{L}{U_h} &= \pd{L}{e} (r \odot s)^\top", r"\pd{L}{U_h} &= \pd{L}{e} s^\top"),
        (r" + U_r^\top \pd{L}{c}", r""),
    ],
    "sequences/multi-head.md": [
        (r"\nabla_{O_1} L = H_1^\top G", r"\nabla_{O_1} L = H_2^\top G"),
        (r"X^\top A_1^\top G O_1^\top", r"X^\top A_1 G O_1^\top"),
        (r" - (A_1 \odot \nabla_{A_1} L) \mathbf 1 \mathbf 1^\top", r""),
        (r"X^\top (\nabla_{S_1} L)^\top X Q_1", r"X^\top \nabla_{S_1} L \, X Q_1"),
        (r"\frac{1}{\sqrt{k}} X^\top \nabla_{S_1} L \, X K_1", r"X^\top \nabla_{S_1} L \, X K_1"),
    ],
    "forms/kalman-update.txt": [
        (r"= -2 (I - K H) P H^T + 2 K R", r"= -2 (I - K H) P H^T - 2 K R"),
        (r"= -2 (I - K H) P H^T", r"= -2 P H^T"),
        (r"= 2 K S - 2 P H^T", r"= K S - P H^T"),
    ],
    "likelihoods/flow.tex": [
        (r"= A^{-\top} - A x x^\top", r"= A^{-1} - A x x^\top"),
        (r"= A^{-\top} - A x x^\top", r"= A^{-\top} + A x x^\top"),
        (r"= N A^{-\top} -", r"= A^{-\top} -"),
        (r"\sum_{i=1}^N x_i x_i^\top", r"\sum_{i=1}^N A x_i x_i^\top"),
    ],
    "likelihoods/mixture-samples.txt": [
        (r"= \lambda_k \sum_{i=1}^N r_{ik} (x_i - \mu_k)", r"= \sum_{i=1}^N r_{ik} (x_i - \mu_k)"),
        (r"= \lambda_k \sum_{i=1}^N r_{ik} (x_i", r"= \lambda_k \sum_{i=1}^N (x_i"),
        (r"\frac{1}{\lambda_k} - (x_i - \mu_k)^2", r"\frac{1}{\lambda_k} + (x_i - \mu_k)^2"),
    ],
    "likelihoods/reinforce-episodes.md": [
        (r"(G_t - v^\top s_t) (a_t - p_t)$$", r"G_t (a_t - p_t)$$"),
        (r"(a_t - p_t) s_t^\top", r"(p_t - a_t) s_t^\top"),
        (r"\nabla_v B = -\frac{1}{T}", r"\nabla_v B = \frac{1}{T}"),
    ],
    "networks/convolution-shifts.tex": [
        (r"\partial w_1} &= (y - t)^\top S x", r"\partial w_1} &= (y - t)^\top x"),
        (r"w_1 S^\top + w_2 (S^\top)^2", r"w_1 S + w_2 S^2"),
        (r" + w_2 S^\top (y - t) x^\top", r""),
    ],
    "networks/dropout-index.txt": [
        (r"= \frac{r_j}{p} \mathbb{1}[z_j > 0]", r"= \frac{r_j}{p}"),
        (r"= \frac{r_j}{p} \mathbb{1}[z_j > 0]", r"= r_j \mathbb{1}[z_j > 0]"),
        (r"= (o_k - t_k) d_j", r"= (o_k - t_k) h_j"),
    ],
    "networks/samples-in-a-sum.tex": [
        (r"\partial o_i} &= \frac{1}{N} (o_i", r"\partial o_i} &= \frac{1}{N} (2 o_i"),
        (r"(o_i - y_i) a_i^\top", r"(y_i - o_i) a_i^\top"),
        (r"(1 - a_i \odot a_i) \right) x_i^\top", r"(1 - a_i) \right) x_i^\top"),
        (r"&= \frac{1}{N} U^\top (o_i", r"&= U^\top (o_i"),
    ],
    "normalisation/batch-norm-by-steps.md": [
        (r"= -\frac{1}{s^2}$$", r"= \frac{1}{s^2}$$"),
        (r" + 2 c_i \frac{\partial L}{\partial q_i}", r" + c_i \frac{\partial L}{\partial q_i}"),
        (r" + \frac{1}{N} \frac{\partial L}{\partial \mu}$$", r"$$"),
        (
            r"= \sum_{i=1}^N \frac{\partial L}{\partial y_i} n_i",
            r"= \sum_{i=1}^N \frac{\partial L}{\partial y_i}",
        ),
    ],
    "regression/least-squares-by-samples.md": [
        (r"- t_n) \mathbf{x}_n + \lambda \mathbf{w}", r"- t_n) \mathbf{x}_n - \lambda \mathbf{w}"),
        (r"- \sum_{n=1}^N t_n \mathbf{x}_n", r"- \sum_{n=1}^N \mathbf{x}_n"),
        (
            r"\nabla^2_{\mathbf{w}} E = \sum_{n=1}^{N} \mathbf{x}_n",
            r"\nabla^2_{\mathbf{w}} E = 2 \sum_{n=1}^{N} \mathbf{x}_n",
        ),
    ],
    "sequences/gates.md": [
        (r"(c - y) \odot s \odot f \odot (1 - f) \right) x^T", r"(c - y) \odot f \odot (1 - f) \right) x^T"),
        (r"\partial b_g} = (c - y) \odot (1 - g \odot g)", r"\partial b_g} = (c - y) \odot (1 - g)"),
        (r"= U_f^T ((c - y)", r"= U_g^T ((c - y)"),
    ],
    "sequences/gru-through-time.md": [
        (r"\odot (\tilde h_t - h_{t-1})", r"\odot \tilde h_t"),
        (r"\odot r_t \odot (1 - r_t) \right) h_{t-1}^T", r"\odot r_t \odot (1 - r_t) \right) h_t^T"),
        (r"= \frac{\partial E}{\partial q_t} \odot h_{t-1}", r"= \frac{\partial E}{\partial q_t} \odot h_t"),
    ],
    "sequences/heads.md": [
        (r"\partial D_h} = Z_h^\top G", r"\partial D_h} = V_h^\top G"),
        (r"= G D_h^\top V_h^\top", r"= G D_h^\top Z_h^\top"),
        (r"= X^\top \frac{\partial L}{\partial V_h}", r"= X^\top \frac{\partial L}{\partial K_h}"),
    ],
    "sequences/lstm-step.tex": [
        (
            r"\odot \mathbf{c} \odot \mathbf{f} \odot (1 - \mathbf{f})",
            r"\odot \mathbf{c} \odot (1 - \mathbf{f})",
        ),
        (r"\mathbf{R}_a^\top \grad{\mathbf{a}}", r"\mathbf{R}_e^\top \grad{\mathbf{a}}"),
        (r"&= \grad{\mathbf{z}} \, \mathbf{x}^\top", r"&= \grad{\mathbf{s}} \, \mathbf{x}^\top"),
    ],
    "sequences/lstm-through-time.md": [
        (r" + \frac{\partial L}{\partial c_{t+1}} \odot f_{t+1}", r""),
        (
            r"\partial f_t} = \frac{\partial L}{\partial c_t} \odot c_{t-1}",
            r"\partial f_t} = \frac{\partial L}{\partial c_t} \odot c_t",
        ),
        (r"\partial s_t} h_{t-1}^\top", r"\partial s_t} h_t^\top"),
        (r"= h_t - y_t + U_f^\top", r"= h_t - y_t + U_f"),
    ],
    "sequences/recurrent-outputs.md": [
        (r"= V^\top (o_t - y_t) + W^\top", r"= V^\top (o_t - y_t) + U^\top"),
        (r"\partial a_t} h_{t-1}^\top", r"\partial a_t} h_t^\top"),
        (r"= V^\top (o_T - y_T)", r"= V^\top (y_T - o_T)"),
    ],
    "forms/differentials.md": [
        (r"= -P^{-1}\, dP\, P^{-1}", r"= P^{-1}\, dP\, P^{-1}"),
        (r"\operatorname{tr}(B A\, dP)", r"\operatorname{tr}(A B\, dP)"),
        (r"\operatorname{tr}(P^{-1}\, dP)", r"\operatorname{tr}(P^{-T}\, dP)"),
        (r"v^T (M + M^T)\, dv", r"2 v^T M\, dv"),
    ],
    "forms/evidence-by-differentials.md": [
        (r"d\ell = \frac12 \alpha^T dK", r"d\ell = -\frac12 \alpha^T dK"),
        (r"(\alpha \alpha^T - K^{-1})\, dK", r"(\alpha \alpha^T - K)\, dK"),
        (r"\partial y} = -\alpha", r"\partial y} = -\frac12 \alpha"),
    ],
    "forms/polar.md": [
        (r"dr - r \sin\theta\, d\theta", r"dr + r \sin\theta\, d\theta"),
        (r"= x \frac{\partial f}{\partial y} - y", r"= x \frac{\partial f}{\partial y} + y"),
        (r"\partial f}{\partial x} \cos\theta +", r"\partial f}{\partial x} \sin\theta +"),
    ],
    "forms/scalar-gain.md": [
        (r"\partial p} = \frac{r}{(p + r)^2}", r"\partial p} = \frac{p}{(p + r)^2}"),
        (r"\partial \mu} = 1 - k", r"\partial \mu} = k"),
        (r"= (c - u)(y - \mu) \frac{r}", r"= (c - u)(y - \mu) \frac{p}"),
    ],
    "forms/stationary-point.md": [
        (r"\nabla Q = A w - b", r"\nabla Q = A w + b"),
        (r"\nabla^2 Q = A$$", r"\nabla^2 Q = 2 A$$"),
        (r"= -\frac12 b^T A^{-1} b", r"= \frac12 b^T A^{-1} b"),
    ],
    "likelihoods/normal-sample.md": [
        (r"= \frac{1}{\sigma^2} \sum", r"= \frac{1}{\sigma} \sum"),
        (r"= -\frac{n}{2\sigma^2} +", r"= -\frac{n}{\sigma^2} +"),
        (r"\mu^2} = -\frac{n}{\sigma^2}", r"\mu^2} = \frac{n}{\sigma^2}"),
    ],
    "likelihoods/sample-variance.md": [
        (r"\partial x_i} = \frac{1}{n}", r"\partial x_i} = 1"),
        (r"= \frac{2}{n} (x_i - \mu)", r"= \frac{1}{n} (x_i - \mu)"),
    ],
    "likelihoods/softmax-policy.md": [
        (r"= \delta_{ab} - \pi_b", r"= \delta_{ab} - \pi_a"),
        (r"\pi_a (\delta_{ab} - \pi_b)", r"\pi_a (\delta_{ab} + \pi_b)"),
        (r"\pi_b (q_b - J)", r"\pi_b (J - q_b)"),
    ],
    "networks/adjoints-by-step.md": [
        (r"\bar v_3 (1 - v_3^2)", r"\bar v_3 (1 - v_2^2)"),
        (r"\bar w = \bar v_1 x", r"\bar w = \bar v_1 w"),
        (r"\bar t = -\bar v_4", r"\bar t = \bar v_4"),
    ],
    "margins/margins-by-deltas.tex": [
        (r"\partial s_{nc}} = \delta_{c \neq y_n}", r"\partial s_{nc}} = \delta_{c = y_n}"),
        (r"(\delta_{ck} - \delta_{c = y_n})", r"(\delta_{ck} + \delta_{c = y_n})"),
        (r"= \frac{1}{N} \mathbf{1}[m_{nc} > 0] \delta", r"= \mathbf{1}[m_{nc} > 0] \delta"),
        (r"\partial W_{dc}} = X_{nd}", r"\partial W_{dc}} = X_{nd} \delta_{dc}"),
    ],
    "normalisation/standard-score.md": [
        (r"\frac{x_j - m}{N s}", r"\frac{x_j - m}{s}"),
        (r"(N \delta_{ij} - 1 - u_i u_j)", r"(N \delta_{ij} - u_i u_j)"),
        (r"- u_j \sum g_i u_i", r"- u_j \sum g_i"),
    ],
    "regression/softmax-by-components.md": [
        (r"(\delta_{i = j} - p(z)_j)", r"(\delta_{i = j} - p(z)_i)"),
        (r"= p_k (e_k - p)", r"= p_k (p - e_k)"),
        (r"= (p_k - \delta_{kc}) x_d", r"= (p_k + \delta_{kc}) x_d"),
        (r"\eta (p - e_c) x^\top", r"\eta (e_c - p) x^\top"),
    ],
    "regression/by-differentials.md": [
        (r"= -2 r^T X\, d\beta", r"= 2 r^T X\, d\beta"),
        (r"S = -2 X^T r", r"S = -2 X r"),
        (r"= 2 X^T X\, d\beta", r"= X^T X\, d\beta"),
    ],
    "sequences/any-cell.md": [
        (
            r"+ \frac{\partial f(x_t, h_{t-1}, w)}{\partial h_{t-1}} \frac{\partial h_{t-1}}{\partial w}",
            r"+ \frac{\partial h_{t-1}}{\partial w}",
        ),
        (r"\frac{\partial g(h_t, v)}{\partial v}", r"\frac{\partial g(h_t, v)}{\partial h_t}"),
        (r"\frac{\partial g(h_t, v)}{\partial h_t} \frac{\partial h_t}", r"\frac{\partial h_t}"),
    ],
}  # fmt: skip
CASES = [
    pytest.param(name, right, wrong, id=f"{name}-{number}")
    for name, slips in SLIPS.items()
    for number, (right, wrong) in enumerate(slips)
]


@pytest.mark.parametrize(("name", "right", "wrong"), CASES)
def test_a_planted_slip_is_found(name: str, right: str, wrong: str, tmp_path: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count(right) == 1, "the line to spoil stands once in the document"
    spoiled = tmp_path / Path(name).name
    spoiled.write_text(text.replace(right, wrong), encoding="utf-8")
    (document,) = run([spoiled], Options(seed=0)).documents
    assert any(link.verdict is Verdict.WRONG for link in document.links)

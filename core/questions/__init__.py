"""Questions drawn from any layer by a seed: answers, explanations, and what wrong ones would be right for."""

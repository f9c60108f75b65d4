"""The price, pure: plan, expected loss, loadings, premium, receipt. Floats until `premium`."""

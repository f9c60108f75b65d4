"""The papers of calls: letter and refund, dispute, notice of default, receipt, filing."""

"""What the house's registers say beside a proposal: appraisers, a bank product, a score. Pure."""

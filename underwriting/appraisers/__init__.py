"""The register of appraisers: who is listed, what they valued, what it fetched. Rules are pure."""

"""Projects: review days, who carries a project out, milestones, record cards, sealed bids."""

"""The CRM plan dashboard's data layer: plan, reports, measures, figures and exports."""

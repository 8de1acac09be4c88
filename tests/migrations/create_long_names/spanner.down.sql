-- data loss: drops table organisation_membership_invitations with all its rows

DROP INDEX uq_organisation_membership_invitations_organisation_me_b62549de;

DROP TABLE organisation_membership_invitations;

-- data loss: drops table organisation_membership_invitations with all its rows

DROP TABLE "organisation_membership_invitations";

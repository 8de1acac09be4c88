CREATE TABLE organisation_membership_invitations (
  id STRING(36) NOT NULL,
  organisation_membership_invitation_code STRING(MAX) NOT NULL
) PRIMARY KEY (id);

CREATE UNIQUE INDEX uq_organisation_membership_invitations_organisation_me_b62549de ON organisation_membership_invitations (organisation_membership_invitation_code);

CREATE TABLE "organisation_membership_invitations" (
  "id" UUID NOT NULL PRIMARY KEY,
  "organisation_membership_invitation_code" TEXT NOT NULL
);

ALTER TABLE "organisation_membership_invitations" ADD CONSTRAINT "uq_organisation_membership_invitations_organisation_me_b62549de" UNIQUE ("organisation_membership_invitation_code");

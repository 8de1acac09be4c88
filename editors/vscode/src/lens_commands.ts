// Commands of this extension that lenses call. The server offers a lens with a command only to a client that has it.

export const SHOW_REFERENCES = "orm.showReferences";
export const SHOW_MIGRATION = "orm.showMigration";
/** Asks for a name, and then has the server execute its command of the same name. */
export const CREATE_MIGRATION = "orm.createMigration";

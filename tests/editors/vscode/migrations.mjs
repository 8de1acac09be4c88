// Migrations as a person makes them: what the server refuses, the person decides.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../support.mjs";
import { answer, command, goTo } from "./page.mjs";

/**
 * @param {object} options the page, how a step is run, the folder of the project, and its schema in there: open, saved, and with
 *   the line `behind`
 */
export async function migrationSteps({ page, step, workspace, schema, behind }) {
  const migrations = () => readdirSync(join(workspace, "orm-migrations"));
  const text = (name) => readFileSync(join(workspace, "orm-migrations", name), "utf8");
  const lineOf = (line) => readFileSync(join(workspace, schema), "utf8").split("\n").indexOf(line) + 1;
  const toast = (part) => page.locator(".notification-toast", { hasText: part });
  const button = (place, name) => place.locator(".monaco-button", { hasText: name }).first();
  const dialog = page.locator(".monaco-dialog-box", { hasText: "would lose data" });

  const create = (name) => answer(page, "orm: Create migration…", name);
  /** The migration of this name, once it is written and shown. */
  const created = async (name) => {
    const file = await until(`the migration ${name}`, () => migrations().find((it) => it.endsWith(`-${name}.sql`)));
    await page.locator(".tab.active", { hasText: file }).waitFor();
    await command(page, "View: Close Editor");
    return text(file);
  };

  await step("a migration of what is not saved is refused, until it is saved", async () => {
    await goTo(page, lineOf(behind), behind.length + 1);
    await page.keyboard.press("Enter");
    await page.keyboard.type("nickname  text?");
    const before = migrations();
    await create("nicknames");
    const refusal = toast("schema/uploads.orm is not saved. A migration is made of what is on disk");
    await refusal.waitFor();
    assert.deepEqual(migrations(), before);
    await button(refusal, "Save and create").click();
    assert.match(await created("nicknames"), /ADD COLUMN "nickname"/);
    assert.notEqual(lineOf("  nickname  text?"), 0, "the schema was saved");
  });

  await step("a migration that loses data is written when that is accepted, and not before", async () => {
    await goTo(page, lineOf("  nickname  text?"), 1);
    await page.keyboard.press("Control+Shift+K");
    await page.keyboard.press("Control+S");
    await until("the schema is saved", () => lineOf("  nickname  text?") === 0);
    const before = migrations();
    await create("no-nicknames");
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /drops column nickname of table users/);
    await button(dialog, "Cancel").click();
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(migrations(), before);
    await create("no-nicknames");
    await button(dialog, "Create, and lose the data").click();
    assert.match(await created("no-nicknames"), /DROP COLUMN "nickname"/);
  });

  await step("without a change an empty migration is offered", async () => {
    await create("by-hand");
    await button(toast("nothing to migrate"), "Create an empty one").click();
    assert.doesNotMatch(await created("by-hand"), /ALTER TABLE/);
  });

  await step("a migration of a schema with errors is refused with the reason", async () => {
    await goTo(page, lineOf(behind), behind.length + 1);
    await page.keyboard.press("Enter");
    await page.keyboard.type("nickname  txet?");
    await page.keyboard.press("Control+S");
    await page.locator(".monaco-editor .squiggly-error").first().waitFor();
    const before = migrations();
    await create("broken");
    await toast("the schema has 1 error").waitFor();
    assert.deepEqual(migrations(), before);
    await command(page, "Notifications: Clear All Notifications");
  });
}

// From an empty folder to a migration, in a real VS Code with its own settings, by keyboard alone.
//   ORM_BIN=… CHROMIUM=… ORM_VSIX=… ARTIFACTS=… node vscode/start.mjs
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { check, finish, PATIENCE, until } from "../support.mjs";
import { startVsCode } from "./code-server.mjs";
import { answer, command } from "./page.mjs";

const { ORM_BIN, CHROMIUM, ORM_VSIX, ARTIFACTS } = process.env;
/** Suggestions come while somebody types, as they do for everybody. */
const USUAL = { "editor.quickSuggestions": { other: "on", comments: "off", strings: "off" }, "editor.wordBasedSuggestions": "matchingDocuments" };

const SCHEMA = `table users {
  id     uuid = uuid()  @primary_key
  email  text           @unique
}

table posts {
  id       uuid = uuid()  @primary_key
  user_id  uuid           @references(users.id, on_delete: cascade)
  title    text

  index(user_id)
}

query posts_of(user: uuid) : many {
  from posts
  where user_id = $user
  select title, user { email }
}
`;

const empty = mkdtempSync(join(tmpdir(), "orm-empty-"));
const vscode = await startVsCode({
  project: empty,
  vsix: [ORM_VSIX],
  machine: { "orm.server.path": ORM_BIN },
  settings: USUAL,
  environment: {},
  log: join(ARTIFACTS, "code-server-start.log"),
});
const schema = join(vscode.workspace, "schema/app.orm");
let browser;
try {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1000, height: 620 } });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(vscode.url());
  const step = (name, body) =>
    check(name, async () => {
      try {
        await body();
      } catch (error) {
        await page.screenshot({ path: join(ARTIFACTS, `vscode-failed-${name.replaceAll(/\W+/g, "-")}.png`) });
        throw error;
      }
    });
  // As fast as a quick typist, who looks up after each word: VS Code offers nothing for a word that was begun before the list
  // for the word before it came.
  const type = async (text) => {
    for (const word of text.split(/(?<= )/)) {
      await page.keyboard.type(word, { delay: 80 });
      await page.waitForTimeout(400);
    }
  };
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Waits until this is the first suggestion, and takes it. */
  const take = async (label) => {
    const first = page.locator(".suggest-widget.visible .monaco-list-row[data-index='0']");
    await until(`${label} first`, async () => (await first.locator(".label-name").innerText()) === label);
    await press("Enter");
    await page.locator(".view-line", { hasText: label.replace(/:$/, "") }).first().waitFor();
  };
  /** A new line behind this one; nothing is taken that is suggested. */
  const line = () => press("Escape", "End", "Enter");

  await step("a project is created in an empty folder", async () => {
    // A window that is still loading takes no keys, and knows no commands of extensions.
    await until("the command", async () => {
      await press("Escape", "F1");
      await page.locator(".quick-input-widget input").first().fill(">orm: Create project", { timeout: 2000 });
      const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "orm: Create project" }).first();
      return row.waitFor({ timeout: 3000 }).then(() => true);
    });
    await press("Escape");
    await command(page, "orm: Create project");
    await page.locator(".tab.active", { hasText: "app.orm" }).waitFor();
    await page.locator(".codelens-decoration", { hasText: "Create migration" }).first().waitFor();
    await page.locator(".view-lines").first().click();
    await press("Control+A", "Delete");
  });

  await step("a table is made of a completion, its columns of types", async () => {
    await type("tab");
    await take("table");
    await type("users");
    await press("Tab", "Tab");
    await type("email ");
    // Nobody has asked for it: a type has to follow.
    await page.locator(".suggest-widget.visible .monaco-list-row[data-index='0'] .label-name", { hasText: /^text$/ }).waitFor();
    await type("te");
    await take("text");
    await type(" @un");
    await take("unique");
  });

  await step("a reference completes its target, what happens on delete, and its index", async () => {
    await press("Escape", "Control+End", "Enter", "Enter");
    await type("table posts {");
    await press("Enter");
    await type("id uuid = uuid() @pri");
    await take("primary_key");
    await line();
    await type("user_id uuid @ref");
    await take("references");
    await take("users.id");
    await page.locator(".view-line", { hasText: "index(user_id)" }).waitFor();
    await type(", on_d");
    await take("on_delete:");
    await take("cascade");
    await line();
    await type("title te");
    await take("text");
  });

  await step("a query completes tables, columns, parameters and relations", async () => {
    await press("Escape", "Control+End", "Enter", "Enter");
    await type("query posts_of(user: uuid) : many {");
    await press("Enter");
    await type("from po");
    await take("posts");
    await line();
    await type("where us");
    await take("user_id");
    await type(" = $");
    await take("user");
    await line();
    await type("select ti");
    await take("title");
    await type(", user { em");
    await take("email");
  });

  await step("nothing is wrong with it, and it is formatted", async () => {
    await press("Escape");
    await page.locator(".squiggly-error").first().waitFor({ state: "detached" });
    await command(page, "Format Document");
    await until("the formatted schema", async () => {
      await press("Control+S");
      return readFileSync(schema, "utf8") === SCHEMA;
    }).catch(() => assert.equal(readFileSync(schema, "utf8"), SCHEMA));
  });

  await step("the first migration is written and shown", async () => {
    await answer(page, "orm: Create migration…", "first");
    await page.locator(".tab.active", { hasText: "-first.sql" }).waitFor();
    const [file] = readdirSync(join(vscode.workspace, "orm-migrations"));
    assert.match(readFileSync(join(vscode.workspace, "orm-migrations", file), "utf8"), /CREATE TABLE "posts"/);
  });
} finally {
  await browser?.close();
  await vscode.stop();
  rmSync(empty, { recursive: true });
}
finish();

// The extension in a real VS Code, used as a person does: with a browser, a mouse and a keyboard.
//   ORM_BIN=… CHROMIUM=… ORM_VSIX=… ORM_TESTS_VSIX=… ARTIFACTS=… node vscode/test.mjs
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { check, finish, PATIENCE, until } from "../support.mjs";
import { startVsCode } from "./code-server.mjs";
import { migrationSteps } from "./migrations.mjs";
import { command, goTo, hoverOver, openFile, word as wordOf } from "./page.mjs";

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));
const { ORM_BIN, CHROMIUM, ORM_VSIX, ORM_TESTS_VSIX, ARTIFACTS } = process.env;
const FILE = "schema/uploads.orm";
/** What names the table `users`: the example, and what the checks inside of VS Code have added. */
const FILES = [FILE, "schema/queries.orm", "schema/drafts.orm"];
const PROJECT = beside("../../../examples/uploads");
const RESULT = join(tmpdir(), `orm-extension-host-${process.pid}.json`);
const STARTS = join(tmpdir(), `orm-starts-${process.pid}`);
/** A line of the example, behind which the tests type. */
const ANCHOR = "  name   text?";

const vscode = await startVsCode({
  project: PROJECT,
  vsix: [ORM_VSIX, ORM_TESTS_VSIX],
  machine: { "orm.server.path": beside("recorded.sh") },
  environment: {
    ORM_BIN,
    ORM_TEST_RESULT: RESULT,
    ORM_TEST_STARTS: STARTS,
    ORM_TEST_PROGRAMS: import.meta.dirname,
    ORM_OTHER_VERSION: beside("other_version.mjs"),
  },
  log: join(ARTIFACTS, "code-server.log"),
});
const onDisk = (file = FILE) => readFileSync(join(vscode.workspace, file), "utf8");
const original = onDisk();
let browser;
try {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  // A hover takes at most a quarter of the editor's height, and the whole DDL of a table should be on the screenshot.
  const page = await browser.newPage({ viewport: { width: 1000, height: 2100 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(vscode.url(FILE));
  await extensionHost(page);
  await person(page);
} finally {
  await browser?.close();
  await vscode.stop();
}
finish();

/** The processes of the language servers that run. */
function servers() {
  const started = readFileSync(STARTS, "utf8").split("\n").filter((it) => it.startsWith("lsp "));
  return started.map((it) => Number(it.slice(4))).filter((it) => existsSync(`/proc/${it}`));
}

/** The checks that ran inside of VS Code, under their own names. */
async function extensionHost(page) {
  const read = () => (existsSync(RESULT) ? JSON.parse(readFileSync(RESULT)) : { results: [], running: "the extension host" });
  // Several checks wait in there, one after the other.
  const ended = () => !read().running;
  const hung = await until("the extension host's results", ended, 5 * PATIENCE).then(
    () => [],
    async (error) => {
      await page.screenshot({ path: join(ARTIFACTS, "vscode-extension-host.png") });
      return [{ name: read().running, problem: error.stack }];
    },
  );
  const results = [...read().results, ...hung];
  for (const { name, problem } of results) {
    await check(`API: ${name}`, () => {
      if (problem) throw Object.assign(new Error(), { stack: problem });
    });
  }
}

async function person(page) {
  const step = (name, body) =>
    check(`screen: ${name}`, async () => {
      try {
        await body();
      } catch (error) {
        await page.screenshot({ path: join(ARTIFACTS, `vscode-failed-${name.replaceAll(/\W+/g, "-")}.png`) });
        throw error;
      }
    });
  const squiggle = page.locator(".monaco-editor .squiggly-error");
  const status = page.locator('.statusbar-item[id="orm-lang.orm.orm.status"]');
  const word = (line, text) => wordOf(page, line, text);

  await step("the example opens in colours, without an error", async () => {
    const keyword = word("table users", /^table$/);
    await keyword.waitFor();
    const [keywordColour, nameColour] = await Promise.all(
      [keyword, word("table users", "users")].map((it) => it.evaluate((span) => getComputedStyle(span).color)),
    );
    assert.notEqual(keywordColour, nameColour);
    assert.equal(await squiggle.count(), 0);
  });

  await step("ten reloads of the window leave one server, and one lens of each", async () => {
    const lenses = page.locator(".codelens-decoration", { hasText: "reference" });
    for (let round = 0; round < 10; round += 1) {
      await page.reload();
      // Half of the windows are left before they are done.
      if (round % 2 === 1) await lenses.first().waitFor();
    }
    await until("one server", () => servers().length === 1);
    for (const text of await lenses.allInnerTexts()) {
      const titles = text.split("|").map((it) => it.trim());
      assert.deepEqual(titles, [...new Set(titles)], "a lens stands there twice");
    }
  });

  await step("an error typed into it gets a squiggle", async () => {
    await goTo(page, original.split("\n").indexOf(ANCHOR) + 1, ANCHOR.length + 1);
    await page.keyboard.press("Enter");
    await page.keyboard.type("born   dat?");
    await squiggle.first().waitFor();
  });

  await step("the side bar can be hidden", async () => {
    await page.keyboard.press("Control+B");
    await page.locator(".part.sidebar").waitFor({ state: "hidden" });
  });

  await step("hovering over a table shows the DDL of both databases", async () => {
    const hover = await hoverOver(page, word("table users", "users"), "Spanner");
    const text = (await hover.innerText()).replaceAll("\u00a0", " ");
    const clip = { x: 0, y: 0, width: 1000, height: 800 };
    await page.screenshot({ path: join(ARTIFACTS, "vscode-hover.png"), clip });
    assert.match(text, /PostgreSQL[\s\S]*CREATE TABLE[\s\S]*UUID/);
    assert.match(text, /Spanner[\s\S]*CREATE TABLE[\s\S]*STRING\(36\)/);
    await page.keyboard.press("Escape");
  });

  await step("the Problems panel lists the error", async () => {
    await command(page, "View: Show Problems", "Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "dat" }).first().waitFor();
    await page.screenshot({ path: join(ARTIFACTS, "vscode-problems.png") });
  });

  await step("the squiggle goes when the word is corrected", async () => {
    await goTo(page, original.split("\n").indexOf(ANCHOR) + 2, "  born   dat".length + 1);
    await page.keyboard.type("e");
    await squiggle.first().waitFor({ state: "detached" });
  });

  await step("Format Document and save write the formatted text", async () => {
    await page.keyboard.press("Home");
    await page.keyboard.type("      ");
    await command(page, "Format Document");
    await page.locator(".view-line", { hasText: /^\s{2}born\s+date\?/ }).waitFor();
    await page.keyboard.press("Control+S");
    // While it is written it may be empty for a moment.
    await until("the formatted text is saved", () => /^ {2}born +date\?$/m.test(onDisk()));
  });

  await step("a rename changes every file and keeps the data, and is undone in one step", async () => {
    const before = FILES.map((it) => onDisk(it));
    // VS Code may forget how to undo what it wrote into a file that it has closed again.
    for (const file of ["queries.orm", "drafts.orm", "uploads.orm"]) await openFile(page, file);
    await goTo(page, before[0].split("\n").findIndex((it) => it.startsWith("table users")) + 1, 8);
    await page.keyboard.press("F2");
    const name = page.locator(".rename-box input").first();
    await name.waitFor();
    await name.fill("people");
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: /table\speople\s@was\(users\)/ }).waitFor();
    // VS Code saves what a refactoring changed.
    await until("every file with the new name", () => FILES.map((it) => onDisk(it)).every((it) => /\bpeople\b/.test(it)));
    await page.locator(".tab.dirty").first().waitFor({ state: "detached" });
    await page.keyboard.press("Control+Z");
    await page.locator(".view-line", { hasText: /table\susers\s/ }).waitFor();
    await page.keyboard.press("Control+S");
    for (const file of ["queries.orm", "drafts.orm"]) {
      await page.locator(".tab", { hasText: file }).click();
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)", { hasText: file }).waitFor();
      await command(page, "View: Close Editor");
    }
    await until("every file as it was", () => FILES.map((it) => onDisk(it)).every((it, at) => it === before[at]));
    await page.locator(".tab.active", { hasText: "uploads.orm" }).waitFor();
  });

  await step("the status bar says that the server runs, and its menu restarts it", async () => {
    await status.locator(".codicon-check").waitFor();
    await status.click();
    const entries = page.locator(".quick-input-list .monaco-list-row");
    await entries.filter({ hasText: /Copy version: orm \d/ }).waitFor();
    await entries.filter({ hasText: "Show the server's log" }).waitFor();
    await entries.filter({ hasText: "Restart language server" }).click();
    await status.locator(".codicon-check").waitFor();
  });

  await step("the log can be looked at", async () => {
    await command(page, "orm: Show the server's log");
    await page.locator(".part.panel .view-line", { hasText: /starting\s\S+\slsp/ }).first().waitFor();
  });

  await step("the preview highlights the lines that the migrations do not make yet", async () => {
    await goTo(page, original.split("\n").indexOf(ANCHOR) + 1, 1);
    await command(page, "orm: Preview DDL");
    const preview = page.locator(".editor-group-container", { has: page.locator(".tab", { hasText: "Spanner.sql" }) });
    await preview.locator(".view-line", { hasText: /born\sDATE/ }).waitFor();
    // A decoration of an extension has a class of its own.
    const rows = () => preview.locator('.view-overlays .cdr[class*="ced-"]').all();
    const born = async () => (await preview.locator(".view-line", { hasText: /born\sDATE/ }).boundingBox()).y;
    await until("the line of the new column", async () => {
      const places = await Promise.all((await rows()).map((it) => it.boundingBox()));
      const line = await born();
      return places.some((it) => it && Math.abs(it.y - line) < 2);
    });
    for (const name of ["PostgreSQL.sql", "Spanner.sql"]) {
      await page.locator(".tab", { hasText: name }).click();
      await command(page, "View: Close Editor");
    }
  });

  await step("the walkthrough checks off what is there", async () => {
    await command(page, "orm tests: Open the walkthrough");
    const checked = (title) => page.locator(".getting-started-step", { hasText: title }).locator(".codicon-getting-started-step-checked").first();
    for (const title of ["Install the program", "Create a schema"]) await checked(title).waitFor();
    await page.screenshot({ path: join(ARTIFACTS, "vscode-walkthrough.png") });
    await command(page, "View: Close Editor");
  });

  await step("the documentation opens outside", async () => {
    await command(page, "orm: Open documentation");
    const dialog = page.locator(".monaco-dialog-box", { hasText: "docs/README.md" });
    await dialog.waitFor();
    await dialog.locator(".monaco-button", { hasText: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
  });

  await step("hints and lenses on the screen follow the settings", async () => {
    const hint = page.locator(".view-line", { hasText: "STRING(36)" }).first();
    const lens = page.locator(".codelens-decoration", { hasText: "reference" }).first();
    for (const shown of [hint, lens]) await shown.waitFor();
    await command(page, "orm tests: Switch hints and lenses");
    for (const shown of [hint, lens]) await shown.waitFor({ state: "detached" });
    await command(page, "orm tests: Switch hints and lenses");
    for (const shown of [hint, lens]) await shown.waitFor();
  });

  await migrationSteps({ page, step, workspace: vscode.workspace, schema: FILE, behind: ANCHOR });

  await step("a project can be created", async () => {
    rmSync(join(vscode.workspace, "orm.toml"));
    await command(page, "orm: Create project");
    await page.locator(".tab.active", { hasText: "app.orm" }).waitFor();
    assert.ok(existsSync(join(vscode.workspace, "orm.toml")));
  });

  await step("a server of another version is told, once, and the status bar shows it", async () => {
    const toast = page.locator(".notification-toast", { hasText: "this extension is made for orm 0.1" });
    await command(page, "orm tests: Name a server of another version");
    await toast.locator(".monaco-button", { hasText: "Show extension" }).waitFor();
    await status.locator(".codicon-warning").waitFor();
    await command(page, "Notifications: Clear All Notifications");
    // What VS Code is told, it shows in that order.
    await command(page, "orm tests: Restart the server and say so");
    await page.locator(".notification-toast", { hasText: "The server was restarted" }).waitFor();
    await status.locator(".codicon-warning").waitFor();
    assert.equal(await toast.count(), 0);
  });

  await step("a server that is not there is explained", async () => {
    await command(page, "orm tests: Name a server that does not exist");
    const toast = page.locator(".notification-toast", { hasText: "there is no program at /nowhere/orm" });
    await toast.waitFor();
    await toast.locator(".monaco-button", { hasText: "How to install" }).waitFor();
    await status.locator(".codicon-error").waitFor();
  });
}

// The extension in a real VS Code, used as a person does: with a browser, a mouse and a keyboard.
//   ORM_BIN=… CHROMIUM=… ORM_VSIX=… ORM_TESTS_VSIX=… ARTIFACTS=… node vscode/test.mjs
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { check, finish, PATIENCE, until } from "../support.mjs";
import { startVsCode } from "./code-server.mjs";

const { ORM_BIN, CHROMIUM, ORM_VSIX, ORM_TESTS_VSIX, ARTIFACTS } = process.env;
const FILE = "schema/uploads.orm";
const PROJECT = fileURLToPath(new URL("../../../examples/uploads", import.meta.url));
const RESULT = join(tmpdir(), `orm-extension-host-${process.pid}.json`);
/** A line of the example, behind which the tests type. */
const ANCHOR = "  name   text?";

const vscode = await startVsCode({
  project: PROJECT,
  vsix: [ORM_VSIX, ORM_TESTS_VSIX],
  machine: { "orm.server.path": ORM_BIN },
  environment: { ORM_TEST_RESULT: RESULT },
  log: join(ARTIFACTS, "code-server.log"),
});
const onDisk = () => readFileSync(join(vscode.workspace, FILE), "utf8");
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

/** The checks that ran inside of VS Code, under their own names. */
async function extensionHost(page) {
  const read = () => existsSync(RESULT) && JSON.parse(readFileSync(RESULT));
  // Several checks wait in there, one after the other.
  const results = await until("the extension host's results", read, 5 * PATIENCE).catch(async (error) => {
    await page.screenshot({ path: join(ARTIFACTS, "vscode-extension-host.png") });
    return [{ name: "the extension host answers", problem: error.stack }];
  });
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
  const word = (line, text) =>
    page.locator(".view-line", { hasText: line }).locator("span span").filter({ hasText: text }).last();

  await step("the example opens in colours, without an error", async () => {
    const keyword = word("table users", /^table$/);
    await keyword.waitFor();
    const [keywordColour, nameColour] = await Promise.all(
      [keyword, word("table users", "users")].map((it) => it.evaluate((span) => getComputedStyle(span).color)),
    );
    assert.notEqual(keywordColour, nameColour);
    assert.equal(await squiggle.count(), 0);
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
    await until("the file is saved", () => onDisk() !== original);
    assert.match(onDisk(), /^  born +date\?$/m);
  });

  await step("a server that is not there is explained", async () => {
    await command(page, "orm tests: Name a server that does not exist");
    const toast = page.locator(".notification-toast", { hasText: "there is no program at /nowhere/orm" });
    await toast.waitFor();
    await toast.locator(".monaco-button", { hasText: "How to install" }).waitFor();
  });
}

/** Puts the cursor at a line and column, both from 1. */
async function goTo(page, line, column) {
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+G");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Runs a command by its title, from the command palette. */
async function command(page, title, row = title) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(title);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first().click();
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Moves the mouse over a word, and waits for the hover that contains `text`. */
async function hoverOver(page, word, text) {
  const box = await word.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y - 60);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
  const hover = page.locator(".monaco-hover:visible", { hasText: text }).first();
  await hover.waitFor();
  return hover;
}

// The package for one platform, as `cargo xtask dist` writes it, in a VS Code on a machine that has no `orm`.
//   ORM_BUNDLE=… CHROMIUM=… ARTIFACTS=… node vscode/bundled.mjs
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { check, finish, PATIENCE } from "../support.mjs";
import { startVsCode } from "./code-server.mjs";
import { hoverOver, word } from "./page.mjs";

const { CHROMIUM, ORM_BUNDLE, ARTIFACTS } = process.env;

const hasProgram = (folder) => {
  try {
    accessSync(join(folder, "orm"), constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
const path = process.env.PATH.split(delimiter).filter((it) => !hasProgram(it));

const vscode = await startVsCode({
  project: fileURLToPath(new URL("../../../examples/uploads", import.meta.url)),
  vsix: [ORM_BUNDLE],
  machine: {},
  environment: { PATH: path.join(delimiter), ORM_BIN: "" },
  log: join(ARTIFACTS, "code-server-bundled.log"),
});
let browser;
try {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1000, height: 2100 } });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(vscode.url("schema/uploads.orm"));
  const status = page.locator('.statusbar-item[id="orm-lang.orm.orm.status"]');

  await check("the program of the package starts", async () => {
    await status.locator(".codicon-check").waitFor();
    await status.click();
    const versions = page.locator(".quick-input-list .monaco-list-row", { hasText: "Copy version" });
    const text = await versions.innerText();
    assert.match(text, /orm-lang\.orm-[^/]*\/server\/orm/);
    const [program] = text.match(/\/\S+\/server\/orm/);
    assert.ok(program.startsWith(join(vscode.folder, "extensions")), program);
    await page.keyboard.press("Escape");
  });

  await check("it answers", async () => {
    await hoverOver(page, word(page, "table users", "users"), "Spanner");
  });
} finally {
  await browser?.close();
  await vscode.stop();
}
finish();

// Takes the screenshots of the README and the docs, in a real VS Code:
//   tests/editors/run.py screenshots
// They go to docs/images; pngquant (Debian: `apt install pngquant`) makes them small. Look at each of them before it is committed.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { PATIENCE } from "../support.mjs";
import { startVsCode } from "./code-server.mjs";
import { command, goTo, hoverOver, word } from "./page.mjs";

const { ORM_BIN, CHROMIUM, ORM_VSIX } = process.env;
const ROOT = join(import.meta.dirname, "../../..");
const IMAGES = join(ROOT, "docs/images");
const FILE = "schema/uploads.orm";
const SOURCE = readFileSync(join(ROOT, "examples/uploads", FILE), "utf8").split("\n");
/** Pixels of the window, before they are doubled. A hover takes at most a quarter of its height. */
const SIZE = { width: 900, height: 640 };

/** Marks of the ruler at the right, which would stand in the text when its scroll bar is hidden. */
const RULERS = ".decorationsOverviewRuler { display: none !important }";

/** Nothing beside the text that is to be seen. */
const QUIET = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 14,
  "editor.hover.delay": 100,
  "editor.lightbulb.enabled": "off",
  "editor.lineNumbers": "off",
  "editor.matchBrackets": "never",
  "editor.overviewRulerBorder": false,
  "editor.padding.top": 10,
  "editor.scrollbar.horizontal": "hidden",
  "editor.scrollbar.vertical": "hidden",
  "editor.scrollBeyondLastLine": true,
  "editor.stickyScroll.enabled": false,
  "editor.hideCursorInOverviewRuler": true,
  "window.menuBarVisibility": "hidden",
  "workbench.activityBar.location": "hidden",
  "workbench.editor.showTabs": "single",
  "workbench.layoutControl.enabled": false,
  "workbench.startupEditor": "none",
};

/** Each picture: what is done before it, and which part of the window it shows. */
const SCENES = {
  "vscode-hover": async (page) => {
    await goTo(page, lineOf("table users"), 1);
    await hoverOver(page, word(page, "table users", "users"), "Spanner");
  },
  "vscode-diagnostics": async (page) => {
    await type(page, "name   text?", "born   dat?");
    await page.locator(".squiggly-error").first().waitFor();
    // A lens that comes late moves the lines, and the hover goes.
    await page.locator(".codelens-decoration", { hasText: "correct the errors first" }).first().waitFor();
    await hoverOver(page, word(page, "born", "dat"), "date");
  },
  "vscode-completion": async (page) => {
    await type(page, "name   text?", "seen_at  ");
    await page.keyboard.press("Control+Space");
    await page.locator(".suggest-widget.visible .monaco-list-row").first().waitFor();
  },
  "vscode-lens": async (page) => {
    await type(page, "name   text?", "nickname  text?");
    await page.locator(".codelens-decoration", { hasText: "+column nickname" }).first().waitFor();
    await page.keyboard.press("Escape");
  },
  "vscode-preview": async (page) => {
    await type(page, "name   text?", "nickname  text?");
    await page.keyboard.press("Escape");
    await command(page, "orm: Preview DDL");
    await page.locator(".view-line", { hasText: /nickname.STRING/ }).first().waitFor();
    await page.mouse.move(300, 600);
  },
  "vscode-rename": async (page) => {
    await goTo(page, lineOf("table users"), 8);
    await page.keyboard.press("F2");
    await page.locator(".rename-box input").first().waitFor();
    await page.locator(".rename-box input").first().fill("people");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Refactor Preview").first().waitFor();
    await page.locator(".part.panel .codicon-panel-maximize, .part.panel .codicon-screen-full").first().click();
    // Not over an edge, which would light up.
    await page.mouse.move(450, 900);
  },
};

/** What of the window is kept: without title bar and status bar, and no more than there is to see: from the top of the
 * editor or another part, or from so many pixels above the table that is worked on; and the window where it needs another size. */
const CLIPS = {
  "vscode-hover": { height: 750, window: { width: 900, height: 2400 } },
  "vscode-diagnostics": { above: 30, height: 160 },
  "vscode-completion": { above: 30, height: 320, window: { width: 900, height: 900 } },
  "vscode-lens": { above: 30, height: 160 },
  "vscode-preview": { height: 714, window: { width: 1420, height: 780 } },
  "vscode-rename": { of: ".part.panel", height: 300, window: { width: 900, height: 1400 } },
};

const wanted = process.argv.slice(2);
const vscode = await startVsCode({
  project: join(ROOT, "examples/uploads"),
  vsix: [ORM_VSIX],
  machine: { "orm.server.path": ORM_BIN },
  settings: QUIET,
  environment: {},
  log: join(process.env.ARTIFACTS, "code-server.log"),
});
mkdirSync(IMAGES, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 2 });
  page.setDefaultTimeout(PATIENCE);
  for (const [name, scene] of Object.entries(SCENES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const { of = ".part.editor", above, height, window = SIZE } = CLIPS[name];
    await page.setViewportSize(window);
    await page.goto(vscode.url(FILE));
    await page.addStyleTag({ content: RULERS });
    await page.locator(".codelens-decoration").first().waitFor();
    if (await page.locator(".part.sidebar").isVisible()) await page.keyboard.press("Control+B");
    await scene(page).catch(async (error) => {
      await page.screenshot({ path: join(process.env.ARTIFACTS, `${name}-failed.png`) });
      throw error;
    });
    // What fades in has done so.
    await page.waitForTimeout(700);
    const subject = above ? page.locator(".view-line", { hasText: "table users" }) : page.locator(of);
    const clip = { x: 0, y: (await subject.first().boundingBox()).y - (above ?? 0), width: window.width, height };
    await page.screenshot({ path: join(IMAGES, `${name}.png`), clip });
    shrink(join(IMAGES, `${name}.png`));
    console.log(`docs/images/${name}.png`);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
    if (await page.locator(".part.panel").isVisible()) await page.keyboard.press("Control+J");
    await page.locator(".editor-instance .view-lines").first().click();
    await command(page, "File: Revert File");
    await command(page, "View: Close All Editors", "Close All Editors");
  }
} finally {
  await browser.close();
  await vscode.stop();
}

/** Fewer colours make a smaller file; pngquant chooses them. */
function shrink(image) {
  execFileSync("pngquant", ["--force", "--ext", ".png", "--strip", "--nofs", "--speed", "1", "128", image]);
}

function lineOf(text) {
  return SOURCE.findIndex((it) => it.startsWith(text)) + 1;
}

/** Types a line behind the one that is `after`. */
async function type(page, after, text) {
  const line = SOURCE.findIndex((it) => it.trim() === after);
  await goTo(page, line + 1, SOURCE[line].length + 1);
  await page.keyboard.press("Enter");
  await page.keyboard.type(text);
}

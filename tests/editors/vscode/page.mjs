// What a person does in VS Code's window, with a mouse and a keyboard.
import { until } from "../support.mjs";

/** Puts the cursor at a line and column, both from 1. */
export async function goTo(page, line, column) {
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+G");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Opens a file of the folder by its name. */
export async function openFile(page, name) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

/** Runs a command by its title, from the command palette. */
export async function command(page, title, row = title) {
  await pick(page, title, row);
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Runs a command that asks for a text, and answers. */
export async function answer(page, title, text) {
  await pick(page, title, title);
  await page.locator(".quick-input-widget .quick-input-title", { hasText: /./ }).waitFor();
  await page.locator(".quick-input-widget input").first().fill(text);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

async function pick(page, title, row) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().waitFor();
  await page.keyboard.type(title);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first().click();
}

/** Moves the mouse over a word, and waits for the hover that contains `text`. */
export async function hoverOver(page, word, text) {
  const hover = page.locator(".monaco-hover:visible", { hasText: text }).first();
  // A lens that comes late moves the lines, so the word may be gone from under the mouse.
  await until(`a hover with ${text}`, async () => {
    const box = await word.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y - 60);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    return hover.waitFor({ timeout: 5000 }).then(() => true);
  });
  return hover;
}

/** The last word with this text in a line that contains `line`. */
export function word(page, line, text) {
  return page.locator(".view-line", { hasText: line }).locator("span span").filter({ hasText: text }).last();
}

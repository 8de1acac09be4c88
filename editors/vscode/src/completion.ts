// Completions that leave a place open.

import { SnippetString, type CompletionItem, type CompletionList } from "vscode";
import type { CompletionMiddleware } from "vscode-languageclient/node";

/** Behind an opening bracket a place to fill in, or a text that ends where its value has to follow. */
const OPEN_PLACE = /[([{] *\$[01]|[(:] *$/;

/** Shows at once what fits into such a place. A person who types gets that by the bracket or the colon. */
const SUGGEST = { title: "Suggest", command: "editor.action.triggerSuggest" };

export const suggestsFurther: CompletionMiddleware = {
  provideCompletionItem: async (document, position, context, token, next) => {
    const answer = await next(document, position, context, token);
    for (const item of itemsOf(answer)) {
      if (OPEN_PLACE.test(textOf(item))) item.command ??= SUGGEST;
    }
    return answer;
  },
};

function itemsOf(answer: CompletionItem[] | CompletionList | null | undefined): CompletionItem[] {
  return Array.isArray(answer) ? answer : (answer?.items ?? []);
}

function textOf({ insertText, label }: CompletionItem): string {
  if (insertText instanceof SnippetString) return insertText.value;
  return insertText ?? (typeof label === "string" ? label : label.label);
}

// What each answer of the server must be, in Microsoft's own types.
import type * as lsp from "vscode-languageserver-protocol";

/** Lines counted from 0, the last one included. */
interface LineRange {
  startLine: lsp.uinteger;
  endLine: lsp.uinteger;
}

type Dialect = "postgres" | "spanner";

interface PreviewDdl {
  dialect: Dialect;
  title: string;
  languageId: "sql";
  resultId: string;
  text: string | null;
  selection: LineRange[];
  changed: LineRange[] | null;
  missing: string[];
}

interface PreviewMigration {
  dialect: Dialect;
  title: string;
  languageId: "sql";
  summary: string;
  text: string;
}

export interface Results {
  initialize: lsp.InitializeResult;
  shutdown: null;
  "$/logTrace": lsp.LogTraceParams;
  "codeAction/resolve": lsp.CodeAction;
  "codeLens/resolve": lsp.CodeLens;
  "completionItem/resolve": lsp.CompletionItem;
  "orm/explain": { code: string; title: string; url: string; markdown: string } | null;
  "orm/previewDdl": PreviewDdl[] | null;
  "orm/previewMigration": PreviewMigration[] | null;
  "orm/syntaxTree": string | null;
  "textDocument/codeAction": (lsp.Command | lsp.CodeAction)[] | null;
  "textDocument/codeLens": lsp.CodeLens[] | null;
  "textDocument/completion": lsp.CompletionItem[] | lsp.CompletionList | null;
  "textDocument/declaration": lsp.Declaration | lsp.LocationLink[] | null;
  "textDocument/definition": lsp.Definition | lsp.LocationLink[] | null;
  "textDocument/diagnostic": lsp.DocumentDiagnosticReport;
  "textDocument/documentHighlight": lsp.DocumentHighlight[] | null;
  "textDocument/documentLink": lsp.DocumentLink[] | null;
  "textDocument/documentSymbol": lsp.DocumentSymbol[] | null;
  "textDocument/foldingRange": lsp.FoldingRange[] | null;
  "textDocument/formatting": lsp.TextEdit[] | null;
  "textDocument/hover": lsp.Hover | null;
  "textDocument/implementation": lsp.Definition | lsp.LocationLink[] | null;
  "textDocument/inlayHint": lsp.InlayHint[] | null;
  "textDocument/linkedEditingRange": lsp.LinkedEditingRanges | null;
  "textDocument/onTypeFormatting": lsp.TextEdit[] | null;
  "textDocument/prepareRename": lsp.PrepareRenameResult | null;
  "textDocument/publishDiagnostics": lsp.PublishDiagnosticsParams;
  "textDocument/references": lsp.Location[] | null;
  "textDocument/rename": lsp.WorkspaceEdit | null;
  "textDocument/selectionRange": lsp.SelectionRange[] | null;
  "textDocument/semanticTokens/full": lsp.SemanticTokens | null;
  "textDocument/semanticTokens/full/delta": lsp.SemanticTokens | lsp.SemanticTokensDelta | null;
  "textDocument/semanticTokens/range": lsp.SemanticTokens | null;
  "textDocument/signatureHelp": lsp.SignatureHelp | null;
  "workspace/executeCommand": { files: lsp.URI[]; notes: string[] };
  "textDocument/typeDefinition": lsp.Definition | lsp.LocationLink[] | null;
  "window/logMessage": lsp.LogMessageParams;
  "workspace/diagnostic": lsp.WorkspaceDiagnosticReport;
  "workspace/symbol": lsp.SymbolInformation[] | lsp.WorkspaceSymbol[] | null;
}

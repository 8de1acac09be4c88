// What each answer of the server must be, in Microsoft's own types.
import type * as lsp from "vscode-languageserver-protocol";

export interface Results {
  initialize: lsp.InitializeResult;
  shutdown: null;
  "codeAction/resolve": lsp.CodeAction;
  "completionItem/resolve": lsp.CompletionItem;
  "textDocument/codeAction": (lsp.Command | lsp.CodeAction)[] | null;
  "textDocument/codeLens": lsp.CodeLens[] | null;
  "textDocument/completion": lsp.CompletionItem[] | lsp.CompletionList | null;
  "textDocument/definition": lsp.Definition | lsp.LocationLink[] | null;
  "textDocument/documentHighlight": lsp.DocumentHighlight[] | null;
  "textDocument/documentLink": lsp.DocumentLink[] | null;
  "textDocument/documentSymbol": lsp.DocumentSymbol[] | null;
  "textDocument/foldingRange": lsp.FoldingRange[] | null;
  "textDocument/formatting": lsp.TextEdit[] | null;
  "textDocument/hover": lsp.Hover | null;
  "textDocument/inlayHint": lsp.InlayHint[] | null;
  "textDocument/prepareRename": lsp.PrepareRenameResult | null;
  "textDocument/publishDiagnostics": lsp.PublishDiagnosticsParams;
  "textDocument/references": lsp.Location[] | null;
  "textDocument/rename": lsp.WorkspaceEdit | null;
  "textDocument/selectionRange": lsp.SelectionRange[] | null;
  "textDocument/semanticTokens/full": lsp.SemanticTokens | null;
  "textDocument/semanticTokens/full/delta": lsp.SemanticTokens | lsp.SemanticTokensDelta | null;
  "textDocument/semanticTokens/range": lsp.SemanticTokens | null;
  "textDocument/signatureHelp": lsp.SignatureHelp | null;
  "workspace/symbol": lsp.SymbolInformation[] | lsp.WorkspaceSymbol[] | null;
}

// What each answer of the server must be, in Microsoft's own types.
import type * as lsp from "vscode-languageserver-protocol";

export interface Results {
  initialize: lsp.InitializeResult;
  shutdown: null;
  "textDocument/codeAction": (lsp.Command | lsp.CodeAction)[] | null;
  "textDocument/definition": lsp.Definition | lsp.LocationLink[] | null;
  "textDocument/documentSymbol": lsp.DocumentSymbol[] | null;
  "textDocument/formatting": lsp.TextEdit[] | null;
  "textDocument/hover": lsp.Hover | null;
  "textDocument/publishDiagnostics": lsp.PublishDiagnosticsParams;
}

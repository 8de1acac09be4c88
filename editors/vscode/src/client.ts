// The language client, but for one feature.

import { LanguageClient, type DynamicFeature, type StaticFeature } from "vscode-languageclient/node";

/**
 * It leaves the commands of the server alone. Otherwise it would register them in VS Code under their names, which this
 * extension has for commands that ask the user before they have the server execute anything.
 */
export class Client extends LanguageClient {
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const isExecuteCommand = "registrationType" in feature && feature.registrationType.method === "workspace/executeCommand";
    if (!isExecuteCommand) super.registerFeature(feature);
  }
}

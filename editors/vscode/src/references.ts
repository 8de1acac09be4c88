// The lens that counts references calls a command of the client, since the protocol has no request that shows places.

import { commands, Uri, type Disposable } from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import { SHOW_REFERENCES } from "./lens_commands.ts";
import type { Session } from "./session.ts";

export function registerReferences(session: Session): Disposable {
  return commands.registerCommand(SHOW_REFERENCES, async (uri: string, position: Position, locations: Location[]) => {
    if (!session.client) return;
    const { protocol2CodeConverter: convert } = session.client;
    const places = locations.map((it) => convert.asLocation(it));
    await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), convert.asPosition(position), places);
  });
}

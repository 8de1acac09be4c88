// The next migration: looking at it, and writing it.

import { commands, Disposable, Uri, window, workspace } from "vscode";
import { ResponseError, type Position } from "vscode-languageclient/node";
import { isSchema } from "./follower.ts";
import { CREATE_MIGRATION, SHOW_MIGRATION } from "./lens_commands.ts";
import type { Session } from "./session.ts";
import { showBeside } from "./side.ts";
import { VirtualDocuments } from "./virtual_documents.ts";

/** What `orm/previewMigration` answers for one database. */
interface MigrationText {
  title: string;
  summary: string;
  text: string;
}

/** The argument of the server's command; docs/editor.md describes it. */
interface NewMigration {
  textDocument?: { uri: string };
  project?: string;
  name?: string;
  acceptDataLoss?: boolean;
  empty?: boolean;
}

/** Why the server refused. */
interface Refusal {
  reason: string;
  losses?: string[];
  files?: string[];
}

export function registerMigrations(session: Session): Disposable {
  const documents = new VirtualDocuments("orm-migration");
  return Disposable.from(
    documents,
    commands.registerCommand(SHOW_MIGRATION, (uri: string, position: Position | null) => show(session, documents, uri, position)),
    commands.registerCommand(CREATE_MIGRATION, (wanted?: NewMigration) => create(session, wanted)),
  );
}

async function show(session: Session, documents: VirtualDocuments, uri: string, position: Position | null): Promise<void> {
  const answer = await session.ask<MigrationText[] | null>("orm/previewMigration", {
    textDocument: { uri },
    ...(position && { position }),
  });
  if (!answer || answer.length === 0) {
    await window.showInformationMessage("orm: the schema is what the migrations make; there is nothing to migrate.");
    return;
  }
  const written = answer.map((it) => documents.write(`Next migration, ${it.title}.sql`, it.text));
  const hidden = (await Promise.all(written)).filter((it) => !documents.visible().some((shown) => shown.document === it));
  await showBeside(hidden);
}

async function create(session: Session, wanted: NewMigration = {}): Promise<void> {
  const target = wanted.textDocument || wanted.project ? wanted : { ...wanted, ...(await chooseProject()) };
  if (!target.textDocument && !target.project) return;
  const name = target.name ?? (await askForName());
  if (name) await send(session, { ...target, name });
}

/** The project of the file that is edited, or a folder of the workspace. */
async function chooseProject(): Promise<NewMigration> {
  const editor = window.activeTextEditor;
  if (isSchema(editor)) return { textDocument: { uri: editor.document.uri.toString() } };
  const settings = await workspace.findFiles("**/orm.toml", "**/{node_modules,target}/**");
  const projects = settings.map((it) => Uri.joinPath(it, ".."));
  if (projects.length === 1 && projects[0]) return { project: projects[0].toString() };
  if (projects.length === 0) {
    await window.showInformationMessage("orm: there is no orm.toml in this workspace. Open a file of the project first.");
    return {};
  }
  const choices = projects.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const chosen = await window.showQuickPick(choices, { placeHolder: "Which project?" });
  return chosen ? { project: chosen.uri.toString() } : {};
}

function askForName(): Thenable<string | undefined> {
  return window.showInputBox({
    title: "Create migration",
    prompt: "What changes, in a few words: the file is called after it",
    placeHolder: "add-posts",
    validateInput: (text) => (text.trim() === "" ? "A name is needed" : undefined),
  });
}

/** Has the server write it; where it refuses, the user decides and it is asked again. */
async function send(session: Session, wanted: NewMigration, isSaved = false): Promise<void> {
  try {
    const { files, notes } = await session.ask<{ files: string[]; notes: string[] }>("workspace/executeCommand", {
      command: CREATE_MIGRATION,
      arguments: [wanted],
    });
    session.log.info([`migration ${wanted.name}:`, ...files, ...notes].join("\n"));
    for (const file of files) await window.showTextDocument(Uri.parse(file), { preview: false });
    if (files.length === 0) await offerEmpty(session, wanted);
  } catch (error) {
    const refusal = error instanceof ResponseError ? (error.data as Refusal | undefined) : undefined;
    const message = sentences(error instanceof Error ? error.message : String(error));
    if (refusal?.reason === "dataLoss" && !wanted.acceptDataLoss) {
      if (await acceptsDataLoss(refusal.losses ?? [])) await send(session, { ...wanted, acceptDataLoss: true }, isSaved);
    } else if (refusal?.reason === "unsaved" && !isSaved) {
      if (await saves(refusal.files ?? [], message)) await send(session, wanted, true);
    } else {
      await window.showErrorMessage(`orm: ${message}`);
    }
  }
}

async function offerEmpty(session: Session, wanted: NewMigration): Promise<void> {
  const empty = "Create an empty one";
  const choice = await window.showInformationMessage("orm: the schema is what the migrations make; there is nothing to migrate.", empty);
  if (choice === empty) await send(session, { ...wanted, empty: true });
}

async function acceptsDataLoss(losses: string[]): Promise<boolean> {
  const accept = "Create, and lose the data";
  const choice = await window.showWarningMessage("The migration would lose data", { modal: true, detail: losses.join("\n") }, accept);
  return choice === accept;
}

/** Whether the user wants the files to be saved, and all of them are. */
async function saves(files: string[], message: string): Promise<boolean> {
  const save = "Save and create";
  if ((await window.showWarningMessage(`orm: ${message}`, save)) !== save) return false;
  const paths = new Set(files.map((it) => Uri.parse(it).fsPath));
  const open = workspace.textDocuments.filter((it) => paths.has(it.uri.fsPath));
  const saved = await Promise.all(open.map((it) => it.save()));
  return saved.every(Boolean);
}

/** What the command line says in lines, with what to do in the last one, as notifications have it: they know no lines. */
function sentences(message: string): string {
  return message.replace(/\nhelp: (.)/g, (_, first: string) => `. ${first.toUpperCase()}`).replace(/\s*\n\s*/g, " ");
}

// The task `orm: check`, one for each project of the workspace.

import {
  ProcessExecution,
  Task,
  TaskGroup,
  tasks,
  TaskScope,
  Uri,
  workspace,
  type Disposable,
  type TaskDefinition,
  type TaskProvider,
  type WorkspaceFolder,
} from "vscode";
import type { Session } from "./session.ts";

const TYPE = "orm";

/** The arguments of `orm`, as tasks.json writes them. */
interface OrmTask extends TaskDefinition {
  arguments: string[];
}

export function registerTasks(session: Session): Disposable {
  const provider: TaskProvider = { provideTasks: () => projectTasks(session), resolveTask: (task) => resolve(session, task) };
  return tasks.registerTaskProvider(TYPE, provider);
}

async function projectTasks(session: Session): Promise<Task[]> {
  const settings = await workspace.findFiles("**/orm.toml", "**/{node_modules,target}/**");
  const found = settings.map((it) => projectTask(session, it)).filter((it) => it !== undefined);
  // A folder without settings is a project as well; findFiles keeps no order.
  const all = found.length > 0 ? found : (workspace.workspaceFolders ?? []).map((it) => task(session, it, ["check"]));
  return all.sort((a, b) => a.name.localeCompare(b.name));
}

function projectTask(session: Session, settings: Uri): Task | undefined {
  const folder = workspace.getWorkspaceFolder(settings);
  if (!folder) return undefined;
  const project = workspace.asRelativePath(Uri.joinPath(settings, ".."), false);
  const isFolder = Uri.joinPath(settings, "..").toString() === folder.uri.toString();
  return task(session, folder, isFolder ? ["check"] : ["-C", project, "check"]);
}

/** A task of tasks.json, which may have its own arguments. */
function resolve(session: Session, { definition, scope }: Task): Task | undefined {
  const { arguments: args = ["check"] } = definition as Partial<OrmTask>;
  const folder = typeof scope === "object" ? scope : workspace.workspaceFolders?.[0];
  return task(session, folder, args, definition);
}

function task(
  session: Session,
  folder: WorkspaceFolder | undefined,
  args: string[],
  definition: TaskDefinition = { type: TYPE, arguments: args },
): Task {
  const execution = new ProcessExecution(session.program(), args, folder && { cwd: folder.uri.fsPath });
  const made = new Task(definition, folder ?? TaskScope.Workspace, args.join(" "), TYPE, execution, "$orm");
  if (args.includes("check")) made.group = TaskGroup.Build;
  return made;
}

// Whether a server fits this extension.

/** What does not fit, and which of the two is older. */
export interface Mismatch {
  older: "server" | "extension";
  message: string;
}

/**
 * Compares the versions as SemVer means them: from 1.0 on the major number decides, before it the minor number.
 *
 * @param extension the version of this extension
 * @param server what the server says of itself; nothing: it says nothing, and is as old as that
 * @returns nothing where they fit
 */
export function compare(extension: string, server: string | undefined): Mismatch | undefined {
  const ours = series(extension);
  const theirs = series(server ?? "");
  const difference = ours[0] - theirs[0] || ours[1] - theirs[1];
  if (difference === 0) return undefined;
  const both = `The program is orm ${server ?? "of an unknown version"}, this extension is made for orm ${name(ours)}`;
  return difference > 0
    ? { older: "server", message: `${both}: what is newer than the program will not work. Update the program.` }
    : { older: "extension", message: `${both}: what is newer than the extension will not show. Update the extension.` };
}

type Series = [major: number, minor: number];

/** The numbers that decide. A word that is no version is as old as can be. */
function series(version: string): Series {
  const [major = 0, minor = 0] = version.split(/[.+-]/).map((it) => Number.parseInt(it, 10) || 0);
  return [major, major === 0 ? minor : 0];
}

function name([major, minor]: Series): string {
  return major === 0 ? `0.${minor}` : `${major}`;
}

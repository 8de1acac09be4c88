// What the suites in JavaScript share: named checks, and waiting with a limit.

/** Milliseconds that anything may take before it counts as missing: a loaded machine is slow, a dead server is silent. */
export const PATIENCE = 1000 * Number(process.env.ORM_PATIENCE ?? 60);

const count = { passed: 0, failed: 0 };

/** Runs one check; a check that throws has failed, and the next one runs all the same. */
export async function check(name, body) {
  try {
    await body();
    count.passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    count.failed += 1;
    console.log(`not ok ${name}\n${error.stack}`);
  }
}

/** Prints the totals; the exit code follows from them. */
export function finish() {
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
}

/** The result of `promise`, or an error that says `what` did not happen in time. */
export async function inTime(what, promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Asks again and again until `probe` gives something; what it throws on the way counts as "not yet". */
export async function until(what, probe, limit = PATIENCE) {
  const end = Date.now() + limit;
  for (let reason; ; await new Promise((resume) => setTimeout(resume, 50))) {
    try {
      const value = await probe();
      if (value) return value;
    } catch (error) {
      reason = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${limit / 1000} s`, { cause: reason });
  }
}

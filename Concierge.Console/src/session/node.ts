/** Whether the node lets in only those who know its secret. Where it doesn't say, no: its refusal will. */
export async function asksForSecret(): Promise<boolean> {
  try {
    const response = await fetch('/cluster', { headers: { accept: 'application/json' } });
    const answer: unknown = response.ok ? await response.json() : null;
    return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'secret') === true;
  } catch {
    return false;
  }
}

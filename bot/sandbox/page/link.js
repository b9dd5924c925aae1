// The wire to the sandbox: what happens there, and what the person here does.

export async function fetchState(person) {
  const answer = await fetch(`/sandbox/state?person=${encodeURIComponent(person ?? "")}`);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

export async function act(deed, body) {
  const form = body instanceof FormData;
  const answer = await fetch(`/sandbox/${deed}`, {
    method: "POST",
    body: form ? body : JSON.stringify(body),
    headers: form ? {} : { "Content-Type": "application/json" },
  });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

export function listen(changed, online) {
  const source = new EventSource("/sandbox/events");
  source.onmessage = () => { online(true); changed(); };
  source.onerror = () => online(false);
  return () => source.close();
}

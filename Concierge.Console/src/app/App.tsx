import { client, phase } from '../session/session';
import { SignIn } from '../session/SignIn';
import { Shell } from './Shell';

/** Everything: the sign-in, or the pages of whom is signed in. */
export function App() {
  const connected = client.value;
  // The key: another session begins with nothing of the one before.
  return connected && phase.value.is !== 'signed-out' ? <Shell key={connected.name} client={connected} /> : <SignIn />;
}

import { render } from 'preact';
import { protocolVersion } from '@concierge/client';

render(<p>{protocolVersion}</p>, document.body);

// The pages' own styles come with the pages, after these.
import './app/style/tokens.css';
import './app/style/base.css';
import './app/style/components.css';
import './app/style/shell.css';
import { render } from 'preact';
import { App } from './app/App';
import { resume } from './session/session';

render(<App />, document.body);
void resume();

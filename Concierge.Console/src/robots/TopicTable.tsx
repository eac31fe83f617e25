import { useId } from 'preact/hooks';
import { Text } from '../ui/Text';
import { perSecond, span } from './text';
import type { Topic } from './topics';

interface TopicTableProps {
  title: string;
  topics: readonly Topic[];
  isCut: boolean;
  /** What is said where there are none. */
  none: string;
}

/** The latest value of each topic, folded, with its age and rate. */
export function TopicTable({ title, topics, isCut, none }: TopicTableProps) {
  const heading = useId();
  return (
    <section class="card topics" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {topics.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <ul class="topic-list">
          {topics.map((topic) => (
            <li key={topic.name}>
              <div class="topic-head">
                <strong>
                  <Text max={80}>{topic.name}</Text>
                </strong>
                <span class="muted small number">
                  {topic.age < 2 ? 'now' : `${span(topic.age)} ago`} · {perSecond(topic.rate)}
                </span>
              </div>
              <details class="json">
                <summary>
                  <bdi class="cut">{topic.line}</bdi>
                </summary>
                <pre dir="ltr">{topic.text}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
      {isCut && <p class="muted small">There are more; {topics.length} are kept.</p>}
    </section>
  );
}

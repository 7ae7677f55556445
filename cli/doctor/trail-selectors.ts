import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { Fault } from './check.ts';

const iam = 'iam.amazonaws.com';

/** What a trail selects, in one of the two ways there are. */
interface Selectors {
  readonly EventSelectors?: readonly EventSelector[] | undefined;
  readonly AdvancedEventSelectors?: readonly AdvancedEventSelector[] | undefined;
}

/**
 * What a trail's selectors leave out of IAM's changes; nothing where they leave out none. A trail without selectors logs all management events.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
export function selectorFault(
  { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] }: Selectors,
  put: (words: readonly string[]) => string,
): Fault[] {
  if (advanced.length > 0) {
    if (advanced.some(selectsChanges)) return [];
    const added = {
      Name: 'Management events that write',
      FieldSelectors: [equal('eventCategory', 'Management'), equal('readOnly', 'false')],
    };
    return [
      {
        says: 'does not select management events that write, or not those of IAM',
        fix: [put(['--advanced-event-selectors', JSON.stringify([...advanced, added])])],
      },
    ];
  }
  if (basic.length === 0 || basic.some(logsChanges)) return [];
  const [first, ...rest] = basic;
  const { ExcludeManagementEventSources: left = [], ...kept } = first ?? {};
  const mended = {
    ...kept,
    ReadWriteType: 'All',
    IncludeManagementEvents: true,
    ExcludeManagementEventSources: left.filter((each) => each !== iam),
  };
  return [
    {
      says: 'does not log management events that write, or not those of IAM',
      fix: [put(['--event-selectors', JSON.stringify([mended, ...rest])])],
    },
  ];
}

function logsChanges({ IncludeManagementEvents, ReadWriteType = 'All', ExcludeManagementEventSources = [] }: EventSelector): boolean {
  return IncludeManagementEvents !== false && ReadWriteType !== 'ReadOnly' && !ExcludeManagementEventSources.includes(iam);
}

/** True for a selector that asks for management events, for writing ones among them, for those of IAM, and for nothing else. */
function selectsChanges({ FieldSelectors: fields = [] }: AdvancedEventSelector): boolean {
  return (
    fields.some(({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management')) &&
    fields.every((field) => {
      if (field.Field === 'eventCategory') return true;
      if (field.Field === 'readOnly') return lets(field, 'false');
      return field.Field === 'eventSource' && lets(field, iam);
    })
  );
}

function lets(field: AdvancedFieldSelector, value: string): boolean {
  const { Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith } = field;
  const named = [
    [Equals, (each: string) => value === each],
    [StartsWith, (each: string) => value.startsWith(each)],
    [EndsWith, (each: string) => value.endsWith(each)],
  ] as const;
  const asked = named.filter(([values]) => values !== undefined);
  if (asked.length > 0 && !asked.some(([values, is]) => values?.some(is))) return false;
  return !(
    NotEquals?.includes(value) ||
    NotStartsWith?.some((each) => value.startsWith(each)) ||
    NotEndsWith?.some((each) => value.endsWith(each))
  );
}

function equal(Field: string, value: string): AdvancedFieldSelector {
  return { Field, Equals: [value] };
}

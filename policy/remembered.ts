/** A text longer than this is a stranger's: keeping it would let him fill the memory. */
const longest = 200;

/**
 * The same pure function of a text, keeping its answers: policies repeat the same few thousand patterns. What it keeps is
 * bounded by `most` answers; then it begins again.
 */
export function remembered<V>(answerTo: (text: string) => V, most = 20_000): (text: string) => V {
  const answers = new Map<string, V>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = answerTo(text);
    if (answers.size >= most) answers.clear();
    if (text.length <= longest) answers.set(text, answer);
    return answer;
  };
}

/** The same pure function of an object that lives long, such as a service of the catalog, answering once for each. */
export function onceForEach<K extends object, V>(answerTo: (object: K) => V): (object: K) => V {
  const answers = new WeakMap<K, V>();
  return (object) => {
    const known = answers.get(object);
    if (known !== undefined) return known;
    const answer = answerTo(object);
    answers.set(object, answer);
    return answer;
  };
}

/** The same pure function of such an object and a text of a few, such as a partition, answering once for each pair. */
export function onceForEachPair<K extends object, V>(answerTo: (object: K, text: string) => V): (object: K, text: string) => V {
  const answers = onceForEach((_: K) => new Map<string, V>());
  return (object, text) => {
    const byText = answers(object);
    const known = byText.get(text);
    if (known !== undefined) return known;
    const answer = answerTo(object, text);
    byText.set(text, answer);
    return answer;
  };
}

/**
 * The same pure function of an object of a document, answering once for each. The answer is kept on the object, unseen, and dies
 * with it: what a weak map holds, the garbage collector lets live long past its document.
 */
export function onceOn<K extends object, V>(answerTo: (object: K) => V): (object: K) => V {
  const place = Symbol();
  return (object: K & { readonly [place]?: { readonly answer: V } }) => {
    const known = object[place];
    if (known) return known.answer;
    const answer = answerTo(object);
    Object.defineProperty(object, place, { value: { answer } });
    return answer;
  };
}

/**
 * The same pure function of an object, keeping the last answer alone: for what several ask in turn about the same object,
 * where a weak map of short-lived objects would cost more than it saves.
 */
export function forTheLast<K extends object, V>(answerTo: (object: K) => V): (object: K) => V {
  let last: { readonly object: K; readonly answer: V } | undefined;
  return (object) => {
    if (last?.object !== object) last = { object, answer: answerTo(object) };
    return last.answer;
  };
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { page } from '../../../cli/page/page.ts';
import { plain } from '../../../cli/page/parts.ts';
import { template, textOf } from '../../../cli/page/template.ts';

const attribute = template<string>('<i title="<%= it %>"></i>');

test('text is escaped, and what no reader could see is written out', () => {
  expect(textOf(plain('<b>&"\'\u202E\u0000'))).toBe('&lt;b&gt;&amp;&quot;&#39;&lt;U+202E&gt;&lt;U+0000&gt;');
  expect(textOf(plain(undefined))).toBe('');
  expect(textOf(plain(0))).toBe('0');
});

test('what a template made goes into another as it is, also in a list', () => {
  expect(textOf(plain([attribute('a"b'), ' & ', attribute('c')]))).toBe('<i title="a&quot;b"></i> &amp; <i title="c"></i>');
});

test('text that looks like a template, or like finished HTML, is text', () => {
  expect(textOf(plain('<%= it %>'))).toBe('&lt;%= it %&gt;');
  expect(textOf(plain(JSON.parse('{"markup":"<b>","toString":1}').markup))).toBe('&lt;b&gt;');
});

test('no text leaves its attribute or its element', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(textOf(attribute(text)).slice('<i title="'.length, -'"></i>'.length)).not.toMatch(/["'<>]/);
      expect(textOf(plain(text))).not.toMatch(/[<>"']/);
    }),
  );
});

test('a page lets nothing in but its own style and script', () => {
  const html = page({ kind: 'k', title: 't', answer: 'a', head: '', facts: [], sections: [] });
  expect(html).toMatch(
    /content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; script-src &#39;sha256-[\w+/=]+&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"/,
  );
  expect(html).not.toMatch(/ style=| on\w+=|https?:\/\//);
});

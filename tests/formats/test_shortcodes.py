"""Liquid, shortcodes and kramdown: what is sure becomes Markdown, the rest stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.shortcodes import convert_shortcodes


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        ("{% highlight python linenos %}\nx = 1\n{% endhighlight %}", "```python\nx = 1\n```"),
        ("{%- highlight c++ -%}\na ``` b\n{%- endhighlight -%}", "````c++\na ``` b\n````"),
        ('{{< highlight go "linenos=table" >}}\nx := 1\n{{< / highlight >}}', "```go\nx := 1\n```"),
        ("![a]({{ site.baseurl }}/a.png) {{site.url}}{{site.baseurl}}/b", "![a](/a.png) /b"),
        ("{{ \"/a.png\" | relative_url }} {{ '/b' | prepend: site.baseurl | prepend: site.url }}", "/a.png /b"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ('{{< figure src="a.png" alt="A [1]" >}}', "![A (1)](a.png)"),
        ('{{< figure src="a b.png" title="T" caption="C *c*" link="/x" />}}', '[![C *c*](<a b.png> "T")](/x)'),
        ('{{< figure src="a.png" alt="A" caption="C" >}}', "![A](a.png)\n\nC"),
        ("{{< math >}}\n$$x$$\n{{< /math >}}", "\n$$x$$\n"),
        ("* TOC\n{:toc}\n\nBeans", "\n\nBeans"),
        ('<script src="x">\nlet a;\n</script>\nBeans', "\nBeans"),
    ],
)
def test_what_is_sure(body: str, markdown: str) -> None:
    assert convert_shortcodes(body).body == markdown


@pytest.mark.parametrize(
    "body",
    [
        '{{ page.title }} {% include x.html %} {{< ref "x" >}} {% if a %}b{% endif %}',
        "```\n{% highlight x %}\n{% endhighlight %}\n<script>\n</script>\n```",
        "{% highlight x %} without an end",
        "{% raw %} without an end",
        "{{< figure >}} a picture of {:toc} {% endraw %}",
        "Use `<script>` and {braces}.",
    ],
)
def test_the_rest_stays(body: str) -> None:
    assert convert_shortcodes(body).body == body


def test_what_is_taken_out_is_told_with_its_line() -> None:
    assert convert_shortcodes("Beans\n\n* TOC\n{:toc}\n").dropped == ((2, "* TOC\n{:toc}"),)


@pytest.mark.parametrize(
    "body",
    [
        "{% endraw %}" + "{% raw %}" * 20_000,
        "{% endhighlight %}\n" + "{% highlight x %}\n" * 10_000,
        "</script>" + "<script>\n" * 20_000,
        '{{< figure src="' * 10_000,
        "```\n" * 20_001,
    ],
)
def test_openers_without_end_take_no_quadratic_time(body: str) -> None:
    assert convert_shortcodes(body).body == body


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["{% raw %}", "{% endraw %}", "{{ x }}", "```\n", "beans ", "\n", "{:toc}", "{% highlight a %}\n"]
        )
    )
)
def test_no_word_is_lost(parts: list[str]) -> None:
    body = "".join(parts)
    assert convert_shortcodes(body).body.count("beans") == body.count("beans")


@pytest.mark.parametrize("sign", ["~", "`"])
def test_a_fence_without_end_takes_no_quadratic_time(sign: str) -> None:
    body = "{{ a }}\n" + sign * 200_000  # a quadratic search takes minutes
    assert convert_shortcodes(body).body.endswith(sign)

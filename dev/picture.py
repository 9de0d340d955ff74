"""Draws docs/demo.svg from what `lagrum demo` prints: dev/picture.py OUTPUT.txt > docs/demo.svg"""

import html
import sys

lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
# The answers and the end; the long list of reasons stands between them.
top = next(i for i, line in enumerate(lines) if line.startswith("  1 "))
reasons = next(i for i, line in enumerate(lines) if line.startswith("How the demands"))
end = next(i for i, line in enumerate(lines) if line.startswith("What the recipient sees"))
last = next(i for i, line in enumerate(lines) if line.startswith("Look around"))
chosen = ["$ cargo run -- demo", ""] + lines[top:reasons] + ["  …", ""] + lines[end : last - 1]
shown = []
for line in chosen:
    while len(line) > 118:
        cut = line.rfind(" ", 0, 118)
        shown.append(line[:cut])
        line = "      " + line[cut + 1 :]
    shown.append(line)
width, height = 1000, 20 * len(shown) + 60
COLOURS = {"produce": "#7ee787", "challenge": "#ffa657", "reject": "#ff7b72", "redirect": "#d2a8ff", "no data": "#a5d6ff", "narrow": "#ffa657"}


def coloured(line):
    text = html.escape(line)
    if line[:4].strip() and ": " in line and not line.startswith("The"):
        head, answer = text.split(": ", 1)
        parts = []
        for part in answer.split(", "):
            colour = next((c for word, c in COLOURS.items() if part.startswith(word)), None)
            parts.append(f'<tspan fill="{colour}">{part}</tspan>' if colour else part)
        return f"{head}: {', '.join(parts)}"
    if line.strip().startswith("refused:"):
        return f'<tspan fill="#ff7b72">{text}</tspan>'
    return text


print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="Terminal output of the demo">')
print(f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>')
for i, colour in enumerate(["#ff5f56", "#ffbd2e", "#27c93f"]):
    print(f'<circle cx="{22 + 20 * i}" cy="20" r="6" fill="{colour}"/>')
print('<g font-family="ui-monospace, SFMono-Regular, Menlo, DejaVu Sans Mono, monospace" font-size="13.4" fill="#e6edf3" xml:space="preserve">')
for i, line in enumerate(shown):
    print(f'<text x="20" y="{56 + 20 * i}">{coloured(line)}</text>')
print("</g></svg>")

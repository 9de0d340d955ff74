//! Bars beside a table: what is certain is solid, the band in which the number lies is striped.

use lagrum_figures::Figure;
use maud::{Markup, html};

use crate::data::ends;
use crate::number;
use crate::section::Section;
use crate::words::Words;

/// A longer line of a label does not fit on the smallest screen.
const LONGEST_LINE: usize = 32;
const LINE: usize = 18;
const BAR: usize = 14;
const GAP: usize = 14;
/// The whole width, in hundredths of a percent.
const WIDTH: u128 = 10_000;

struct Bar {
    /// What it is, in lines.
    lines: Vec<String>,
    /// Its number, which stands after the last of them if it fits there.
    said: String,
    figure: Figure,
}

/// A chart of these rows; none where there is nothing to compare.
pub(crate) fn chart(words: &Words, section: &Section) -> Option<Markup> {
    let Section {
        chart: id,
        heading,
        counted,
        rows,
        ..
    } = section;
    let bar = |label: &str, figure| Bar {
        lines: lines(label),
        said: number::figure(words, figure),
        figure,
    };
    let own = rows.own.iter().map(|row| bar(&row.label, row.figure));
    let mut bars: Vec<Bar> = own.collect();
    if let Some(first) = rows.alike.first() {
        let many = number::digits(words, rows.alike.len() as u64);
        bars.push(bar(&(words.others_each)(&many), first.figure));
    }
    let most = bars.iter().map(|bar| ends(bar.figure).1).max()?;
    // One bar, or bars that are all the same, show nothing.
    if bars.iter().all(|bar| bar.figure == bars[0].figure) {
        return None;
    }
    let height: usize = bars.iter().map(Bar::height).sum();
    let is_band = |bar: &Bar| matches!(bar.figure, Figure::Between(..));
    let banded = bars.iter().any(is_band);
    let (title, desc) = (format!("{id}-title"), format!("{id}-desc"));
    let stripes = format!("{id}-stripes");
    let mut top = 0;
    let drawn = bars.iter().map(|bar| {
        let drawn = bar.draw(top, most, &stripes);
        top += bar.height();
        drawn
    });
    let drawn: Vec<Markup> = drawn.collect();
    Some(html! {
        figure {
            svg role="img" width="100%" height=(height) aria-labelledby=(title) aria-describedby=(desc) {
                title #(title) { (heading) }
                desc #(desc) { ((words.chart)(counted)) }
                @if banded {
                    defs {
                        pattern #(stripes) width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                            rect .ground width="6" height="6" {}
                            rect .stripe width="2" height="6" {}
                        }
                    }
                }
                g aria-hidden="true" {
                    @for bar in drawn { (bar) }
                }
            }
            @if banded { figcaption { (words.legend) } }
        }
    })
}

impl Bar {
    /// The line on which its number stands.
    fn last(&self) -> usize {
        let last = self.lines.len().saturating_sub(1);
        let length = |text: &str| text.chars().count();
        let taken = self.lines.last().map_or(0, |line| length(line) + 2);
        match taken + length(&self.said) <= LONGEST_LINE {
            true => last,
            false => last + 1,
        }
    }

    fn height(&self) -> usize {
        (self.last() + 1) * LINE + BAR + GAP
    }

    fn draw(&self, top: usize, most: u64, stripes: &str) -> Markup {
        let (low, high) = ends(self.figure);
        let last = self.last();
        let under = top + (last + 1) * LINE;
        html! {
            @for at in 0..=last {
                text x="0" y=(top + at * LINE + 13) {
                    @let line = self.lines.get(at);
                    @if let Some(line) = line { (line) }
                    @if at == last {
                        tspan .value dx=[line.map(|_| "10")] { (self.said) }
                    }
                }
            }
            @if low > 0 {
                rect .sure x="0" y=(under) width=(share(low, most)) height=(BAR) {}
            }
            @if high > low {
                rect .band x=(share(low, most)) y=(under) width=(share(high - low, most)) height=(BAR) fill={ "url(#" (stripes) ")" } {}
            }
        }
    }
}

/// A part of the width.
fn share(number: u64, most: u64) -> String {
    let hundredths = u128::from(number) * WIDTH / u128::from(most.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A label in lines.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LONGEST_LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

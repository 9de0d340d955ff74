//! Letters at places, as lines of text.

/// One letter (or several, where one sign stands for them), where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// Its left edge, in points from the left.
    pub(crate) x: f64,
    /// Its base line, in points from the top.
    pub(crate) y: f64,
    /// Its height, in points.
    pub(crate) size: f64,
    /// How wide it is, in points, if that is known.
    pub(crate) advance: Option<f64>,
    /// What it says.
    pub(crate) says: String,
}

/// In the order in which they are drawn, which is the order of reading in what word processors make: a new
/// line where the base line changes, a blank where there is room for one.
pub(crate) fn lines(letters: &[Letter]) -> String {
    let mut out = String::new();
    let mut before: Option<&Letter> = None;
    for letter in letters {
        if let Some(last) = before {
            let size = last.size.max(letter.size).max(1.0);
            let down = letter.y - last.y;
            let right = last
                .advance
                .map_or(last.x + size * 0.6, |wide| last.x + wide);
            let gap = letter.x - right;
            if down.abs() > size * 0.5 || gap < -size * 2.0 {
                end_line(&mut out);
                if down > size * 1.9 {
                    out.push('\n');
                }
            } else if gap > size * 0.18 && !out.ends_with([' ', '\n']) && letter.says != " " {
                out.push(' ');
            }
        }
        out.push_str(&letter.says);
        before = Some(letter);
    }
    end_line(&mut out);
    out
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, x: f64, y: f64) -> Vec<Letter> {
        let each = text.chars().enumerate();
        #[allow(clippy::cast_precision_loss)]
        let letter = |(at, says): (usize, char)| Letter {
            x: x + 6.0 * at as f64,
            y,
            size: 12.0,
            advance: Some(6.0),
            says: says.to_string(),
        };
        // Typesetters move on instead of setting a blank.
        each.filter(|(_, says)| *says != ' ').map(letter).collect()
    }

    #[test]
    fn letters_become_words_lines_and_paragraphs() {
        let mut all = typed("Beslut om utlämnande", 70.0, 100.0);
        all.extend(typed("av uppgifter", 70.0, 114.0));
        all.extend(typed("Diarienummer", 70.0, 160.0));
        assert_eq!(
            lines(&all),
            "Beslut om utlämnande\nav uppgifter\n\nDiarienummer\n"
        );
        assert_eq!(lines(&[]), "\n");
    }
}

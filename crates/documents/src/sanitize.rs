/// Makes text from outside safe to show on a terminal. Control sequences that rewrite a screen and
/// characters that turn the direction of writing become visible marks; line breaks and tabs stay.
#[must_use]
pub fn sanitize_for_terminal(text: &str) -> String {
    text.chars()
        .map(|c| if is_harmful(c) { '\u{fffd}' } else { c })
        .collect()
}

/// One line of text that can be shown anywhere: as [`sanitize_for_terminal`], and line breaks and
/// tabs are spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_harmful(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'
                | '\u{2066}'..='\u{2069}'
                | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demand_cannot_rewrite_the_analysts_terminal() {
        let hostile = "Police\u{1b}[2J\u{202e}ecilop\r\nnext\tcell";
        assert_eq!(
            sanitize_for_terminal(hostile),
            "Police\u{fffd}[2J\u{fffd}ecilop\u{fffd}\nnext\tcell"
        );
        assert_eq!(one_line("a\nb\u{200f}\u{9b}c"), "a b\u{fffd}\u{fffd}c");
    }
}

use lagrum_model::is_invisible;

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
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_harmful(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn is_harmful(c: char) -> bool {
    is_invisible(c) && c != '\n' && c != '\t'
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

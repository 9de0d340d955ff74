//! Finding the word that begins a message, in all letters in which it is found.

use memchr::memmem::Finder;

/// The words of [`WORDS_FROM`](super::line::WORDS_FROM): their first letters, and what follows. Two of them are found in one go.
const FROM: [(&[u8], &[u8]); 2] = [(b"Ff", b"rom"), (b"F", b"ROM")];

/// Where a word stands next. Places are counted in the input.
pub(super) struct From {
    /// The letters with which it may begin.
    first: &'static [u8],
    rest: Finder<'static>,
    next: u64,
    found: bool,
}

impl From {
    /// One for each of them.
    pub(super) fn all() -> [Self; 2] {
        FROM.map(Self::new)
    }

    fn new((first, rest): (&'static [u8], &'static [u8])) -> Self {
        Self {
            first,
            rest: Finder::new(rest),
            next: 0,
            found: false,
        }
    }

    /// Where it stands next in `window`, which lies at `at`.
    pub(super) fn find(&mut self, window: &[u8], at: u64) -> Option<usize> {
        if !self.found || self.next < at {
            let known = usize::try_from(self.next.saturating_sub(at)).unwrap_or(usize::MAX);
            let found = self.find_from(window, known.min(window.len()));
            self.found = found.is_some();
            self.next = at + found.unwrap_or(window.len().saturating_sub(3)) as u64;
        }
        let place = usize::try_from(self.next - at).ok();
        place.filter(|place| self.found && *place < window.len())
    }

    /// The first place in `window` where it stands, from `known` on.
    fn find_from(&self, window: &[u8], mut known: usize) -> Option<usize> {
        loop {
            // Behind its first letter.
            let place = known + self.rest.find(window.get(known + 1..)?)?;
            if self.first.contains(&window[place]) {
                return Some(place);
            }
            known = place + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::line::WORDS_FROM;
    use super::*;

    proptest! {
        #[test]
        fn each_is_found_and_nothing_else_however_the_input_is_cut(
            text in "(From|from|FROM|rom|ROM|fROM|F|f|r|x){0,30}",
            pieces in prop::collection::vec(1_usize..7, 40),
        ) {
            let text = text.as_bytes();
            let all: Vec<_> = (0..text.len())
                .filter(|at| WORDS_FROM.iter().any(|word| text[*at..].starts_with(word)))
                .collect();
            let mut words = From::all();
            let (mut looked, mut end, mut found) = (0_usize, 0_usize, Vec::new());
            for more in pieces.into_iter().chain([usize::MAX]) {
                end = text.len().min(end.saturating_add(more));
                while let Some(at) = words
                    .iter_mut()
                    .filter_map(|word| word.find(&text[looked..end], looked as u64))
                    .min()
                {
                    found.push(looked + at);
                    looked += at + 4;
                }
                looked = looked.max(end.saturating_sub(3));
            }
            prop_assert_eq!(found, all);
        }
    }
}

//! Lines that stand in two files of a log, as a rotation leaves them that was broken off, or a copy beside the log.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

/// How many lines of one order are known at most.
const KNOWN: usize = 1 << 14;

/// The lines that were handed over of one order, by their digests. Where they are more than can be kept, it keeps those whose
/// digest begins with the most zeros, which are the same ones in every file.
#[derive(Debug, Default)]
pub(super) struct HandedOver {
    /// In which file each was first.
    known: HashMap<u128, usize>,
    /// With how many zeros the digest of a line has to begin.
    zeros: u32,
    /// Lines of the file that is read which stand in one before it as well, and the first of those.
    again: Option<(u64, usize)>,
}

impl HandedOver {
    /// A line that was handed over, of the file with this number.
    pub(super) fn line(&mut self, file: usize, line: &[u8]) {
        let digest = Sha256::digest(line);
        let digest = (digest.iter().take(16)).fold(0, |all, byte| all << 8 | u128::from(*byte));
        if digest.leading_zeros() < self.zeros {
            return;
        }
        match self.known.get(&digest) {
            Some(first) if *first != file => {
                let (count, first) = self.again.unwrap_or((0, *first));
                self.again = Some((count + 1, first));
            }
            Some(_) => {}
            None => {
                self.known.insert(digest, file);
            }
        }
        while self.known.len() > KNOWN {
            self.zeros += 1;
            let zeros = self.zeros;
            self.known
                .retain(|digest, _| digest.leading_zeros() >= zeros);
        }
    }

    /// How many lines of the file that was read stand in an earlier one as well, whether these are all, and the number of that file.
    pub(super) fn end_of_file(&mut self) -> Option<(u64, bool, usize)> {
        let all = self.zeros == 0;
        (self.again.take()).map(|(count, first)| (count, all, first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_a_file_is_found_however_long_it_is() {
        for lines in [1, 1000, 40_000] {
            let mut handed_over = HandedOver::default();
            for file in [3, 5] {
                for line in 0..lines {
                    handed_over.line(file, format!("line {line}").as_bytes());
                    // One that the same file repeats is another entry.
                    handed_over.line(file, format!("line {line} of {file}").as_bytes());
                    handed_over.line(file, format!("line {line} of {file}").as_bytes());
                }
                let found = handed_over.end_of_file();
                match (file, found) {
                    (3, None) => {}
                    (5, Some((count, all, 3))) => {
                        assert!((1..=lines).contains(&count), "{count} of {lines}");
                        assert!(all == (count == lines), "{count} of {lines}");
                    }
                    other => panic!("{other:?}"),
                }
                assert!(handed_over.known.len() <= KNOWN);
            }
        }
    }
}

//! What is read back from a form is what was written into it.

use proptest::prelude::*;

use crate::mbox::{file_name, quoted};

/// The messages of an mbox, by the rule that mboxrd states: a line `From ` begins one, an empty line before it
/// ends the one before, and one `>` goes where a line begins with `>`s and `From `.
fn messages(mailbox: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for line in mailbox.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"From ") {
            all.push(Vec::new());
            continue;
        }
        let signs = line.iter().take_while(|byte| **byte == b'>').count();
        let quoted = signs > 0 && line[signs..].starts_with(b"From ");
        all.last_mut()
            .expect("a line begins each")
            .extend(&line[usize::from(quoted)..]);
    }
    for one in &mut all {
        assert_eq!(one.pop(), Some(b'\n'), "an empty line ends each");
    }
    all
}

/// Reads so many bytes at a time.
struct Slowly<'b>(&'b [u8], usize);

impl std::io::Read for Slowly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let end = self.1.min(self.0.len()).min(buffer.len());
        let (now, later) = self.0.split_at(end);
        buffer[..end].copy_from_slice(now);
        self.0 = later;
        Ok(end)
    }
}

fn message() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"From ".to_vec()),
        Just(b"From".to_vec()),
        Just(b">".to_vec()),
        Just(b">>From ".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..4),
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_message_can_be_had_back_from_a_mailbox_to_the_byte(
        all in proptest::collection::vec(message(), 1..5),
        at_a_time in 1_usize..9,
    ) {
        let mut mailbox = Vec::new();
        for one in &all {
            mailbox.extend(b"From lagrum Thu Jan  1 00:00:00 1970\n");
            quoted(&mut Slowly(one, at_a_time), &mut mailbox).unwrap();
        }
        let expected: Vec<_> = all
            .into_iter()
            .map(|mut one| {
                if !one.is_empty() && !one.ends_with(b"\n") {
                    one.push(b'\n');
                }
                one
            })
            .collect();
        prop_assert_eq!(messages(&mailbox), expected);
    }

    #[test]
    fn two_accounts_never_share_a_mailbox_and_no_name_leads_elsewhere(
        one in "[a-zA-Z0-9@./%_ å-]{1,12}",
        other in "[a-zA-Z0-9@./%_ å-]{1,12}",
    ) {
        let (first, second) = (file_name(&one), file_name(&other));
        prop_assert_eq!(one == other, first == second);
        prop_assert!(!first.contains('/') && !first.starts_with('.'), "{}", first);
    }
}

//! What is read of Thrift's compact protocol before the library reads it: sizes, and nothing that takes memory.

/// Why bytes are no such thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// They end before it does.
    Short,
    /// It breaks the protocol, or a limit of it.
    Wrong,
}

/// How deep structures may lie in one another.
const DEPTH: u8 = 16;
/// The most elements of a list of which no limit of its own is known.
const ELEMENTS: usize = 1 << 16;

/// Types of the protocol.
pub(crate) const I32: u8 = 5;
pub(crate) const LIST: u8 = 9;
pub(crate) const STRUCT: u8 = 12;
const TRUE: u8 = 1;
const FALSE: u8 = 2;

/// Bytes on their way.
#[derive(Clone, Debug)]
pub(crate) struct Compact<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Compact<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Result<u8, Malformed> {
        let byte = *self.bytes.get(self.at).ok_or(Malformed::Short)?;
        self.at += 1;
        Ok(byte)
    }

    fn pass(&mut self, count: u64) -> Result<(), Malformed> {
        let count = usize::try_from(count).map_err(|_| Malformed::Short)?;
        let end = self.at.checked_add(count).ok_or(Malformed::Short)?;
        if end > self.bytes.len() {
            return Err(Malformed::Short);
        }
        self.at = end;
        Ok(())
    }

    fn varint(&mut self) -> Result<u64, Malformed> {
        let mut number = 0;
        for place in 0..10 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Malformed::Wrong)
    }

    pub(crate) fn signed(&mut self) -> Result<i64, Malformed> {
        let number = self.varint()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// A number of 32 bits.
    pub(crate) fn int(&mut self) -> Result<i32, Malformed> {
        i32::try_from(self.signed()?).map_err(|_| Malformed::Wrong)
    }

    /// Calls `each` for every field of a structure with its number and type. It reads the field and says so, or leaves
    /// it untouched.
    pub(crate) fn fields<E: From<Malformed>>(
        &mut self,
        mut each: impl FnMut(&mut Self, i16, u8) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut last: i16 = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Ok(());
            }
            let (delta, kind) = (head >> 4, head & 0xf);
            last = match delta {
                0 => i16::try_from(self.signed()?).map_err(|_| Malformed::Wrong)?,
                delta => last.checked_add(i16::from(delta)).ok_or(Malformed::Wrong)?,
            };
            if !each(self, last, kind)? {
                self.skip(kind, DEPTH)?;
            }
        }
    }

    /// The beginning of a list: the type of its elements and how many they are, `most` at most.
    pub(crate) fn list(&mut self, most: usize) -> Result<(u8, usize), Malformed> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => usize::try_from(self.varint()?).map_err(|_| Malformed::Wrong)?,
            few => usize::from(few),
        };
        // Each takes a byte at least.
        if count > self.bytes.len() - self.at {
            return Err(Malformed::Short);
        }
        match count > most {
            true => Err(Malformed::Wrong),
            false => Ok((head & 0xf, count)),
        }
    }

    fn skip(&mut self, kind: u8, depth: u8) -> Result<(), Malformed> {
        let deeper = depth.checked_sub(1).ok_or(Malformed::Wrong)?;
        match kind {
            TRUE | FALSE => Ok(()),
            3 => self.pass(1),
            4..=6 => self.varint().map(|_| ()),
            7 => self.pass(8),
            8 => {
                let length = self.varint()?;
                self.pass(length)
            }
            LIST | 10 => {
                let (kind, count) = self.list(ELEMENTS)?;
                (0..count).try_for_each(|_| match kind {
                    TRUE | FALSE => self.pass(1),
                    kind => self.skip(kind, deeper),
                })
            }
            11 => {
                let count = self.varint()?;
                if count > ELEMENTS as u64 {
                    return Err(Malformed::Wrong);
                }
                if count == 0 {
                    return Ok(());
                }
                let kinds = self.byte()?;
                for _ in 0..count {
                    for kind in [kinds >> 4, kinds & 0xf] {
                        match kind {
                            TRUE | FALSE => self.pass(1)?,
                            kind => self.skip(kind, deeper)?,
                        }
                    }
                }
                Ok(())
            }
            STRUCT => loop {
                let head = self.byte()?;
                if head == 0 {
                    return Ok(());
                }
                if head >> 4 == 0 {
                    self.varint()?;
                }
                self.skip(head & 0xf, deeper)?;
            },
            13 => self.pass(16),
            _ => Err(Malformed::Wrong),
        }
    }
}

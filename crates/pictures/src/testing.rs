//! Files for tests.

use std::fmt::Write as _;

/// A PDF with these lines on its pages (A4, Helvetica, the letters of Latin-1).
#[must_use]
pub fn pdf_of(pages: &[&[&str]]) -> Vec<u8> {
    let mut kids = String::new();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for lines in pages {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            number + 1
        ));
        let mut drawn = "BT /F 12 Tf 14 TL 70 770 Td\n".to_owned();
        for line in *lines {
            drawn.push('(');
            for letter in line.chars() {
                let _ = match letter {
                    '(' | ')' | '\\' => write!(drawn, "\\{letter}"),
                    ' '..='~' => write!(drawn, "{letter}"),
                    other => write!(drawn, "\\{:03o}", u32::from(other) & 0xff),
                };
            }
            drawn.push_str(") Tj T*\n");
        }
        drawn.push_str("ET\n");
        objects.push(format!(
            "<< /Length {} >>\nstream\n{drawn}endstream",
            drawn.len()
        ));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    written(&objects)
}

/// A PDF of these objects, numbered from 1; the first is its catalogue.
#[must_use]
pub fn written(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let table = out.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(end, "{place:010} 00000 n ");
    }
    let _ = write!(
        end,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        places.len() + 1
    );
    out.extend_from_slice(end.as_bytes());
    out
}

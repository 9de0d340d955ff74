use lagrum_production::check::second_opinion;
#[test]
fn probe() {
    let p = lagrum_model::Period::new("2000-01-01T00:00:00Z".parse().unwrap(), "2030-01-01T00:00:00Z".parse().unwrap()).unwrap();
    for d in ["Tue, 19 Jan 2016 11:59:36","Tue, 19 Jan 2016 11:59:36 ","Tue, 19 Jan 2016 11:59:36 CEST","Tue, 19 Jan 2016 11:59:36 XYZ","Tue, 19 Jan 2016 11:59:36 MET DST","Tue, 19 Jan 2016 11:59:36 J","19 Jan 2016 11:59:36 +0100","Tue, 19 Jan 16 11:59:36 +0100","Tue,  19 Jan 2016 (a comment) 11:59:36 +0100","Tue, 19 Jan 2016 11:59:36 est","Tue, 19 Jan 2016 11:59:36 -1200", "Tue, 19 Jan 2016 11:59 +0100"] {
        println!("{d:?} {:?}", second_opinion(format!("Subject: x\nDate: {d}\nResent-Date: Sat, 03 Jan 1995 00:00:00 +0000\n\nx\n").as_bytes(), p));
    }
}

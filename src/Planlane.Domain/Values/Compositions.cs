namespace Planlane.Values;

/// <summary>Which letters and marks make one letter: the canonical compositions of the Basic Multilingual Plane, Korean syllables aside.</summary>
/// <remarks>Source: the decomposition and combining class fields of UnicodeData.txt, version 14.0, less the composition exclusions (Unicode Standard Annex 15).</remarks>
internal static class Compositions
{
    // Per mark: its canonical combining class, the letters that take it, and what each becomes, at the same place.
    private static readonly MarkRow[] Rows =
    [
        new('\u0300', 230, "AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯưYyἀἁἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩαεηιουωΑΕΗ᾿ϊΙ῾ϋΥ¨ΟΩ", "ÀÈÌÒÙàèìòùǛǜǸǹЀЍѐѝḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳἂἃἊἋἒἓἚἛἢἣἪἫἲἳἺἻὂὃὊὋὒὓὛὢὣὪὫὰὲὴὶὸὺὼᾺῈῊ῍ῒῚ῝ῢῪ῭ῸῺ"),
        new('\u0301', 230, "AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØø¨ΑΕΗΙΟΥΩϊαεηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂăÊêÔôƠơƯưἀἁἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩ᾿῾", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿ΅ΆΈΉΊΌΎΏΐάέήίΰόύώϓЃЌѓќḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắẾếỐốỚớỨứἄἅἌἍἔἕἜἝἤἥἬἭἴἵἼἽὄὅὌὍὔὕὝὤὥὬὭ῎῞"),
        new('\u0302', 230, "AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ"),
        new('\u0303', 230, "ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy", "ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ"),
        new('\u0304', 230, "AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷṚṛαΑιΙυΥ", "ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳӢӣӮӯḠḡḸḹṜṝᾱᾹῑῙῡῩ"),
        new('\u0306', 230, "AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạαΑιΙυΥ", "ĂăĔĕĞğĬĭŎŏŬŭЎЙйўӁӂӐӑӖӗḜḝẶặᾰᾸῐῘῠῨ"),
        new('\u0307', 230, "CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtWwXxYyſ", "ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆẇẊẋẎẏẛ"),
        new('\u0308', 230, "AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭэУуЧчЫыHhÕõŪūWwXxt", "ÄËÏÖÜäëïöüÿŸΪΫϊϋϔЁЇёїӒӓӚӛӜӝӞӟӤӥӦӧӪӫӬӭӰӱӴӵӸӹḦḧṎṏṺṻẄẅẌẍẗ"),
        new('\u0309', 230, "AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy", "ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ"),
        new('\u030A', 230, "AaUuwy", "ÅåŮůẘẙ"),
        new('\u030B', 230, "OoUuУу", "ŐőŰűӲӳ"),
        new('\u030C', 230, "CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh", "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ"),
        new('\u030F', 230, "AaEeIiOoRrUuѴѵ", "ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ"),
        new('\u0311', 230, "AaEeIiOoRrUu", "ȂȃȆȇȊȋȎȏȒȓȖȗ"),
        new('\u0313', 230, "αΑεΕηΗιΙοΟυωΩρ", "ἀἈἐἘἠἨἰἸὀὈὐὠὨῤ"),
        new('\u0314', 230, "αΑεΕηΗιΙοΟυΥωΩρΡ", "ἁἉἑἙἡἩἱἹὁὉὑὙὡὩῥῬ"),
        new('\u031B', 216, "OoUu", "ƠơƯư"),
        new('\u0323', 220, "BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯưYy", "ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰựỴỵ"),
        new('\u0324', 220, "Uu", "Ṳṳ"),
        new('\u0325', 220, "Aa", "Ḁḁ"),
        new('\u0326', 220, "SsTt", "ȘșȚț"),
        new('\u0327', 202, "CcGgKkLlNnRrSsTtEeDdHh", "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ"),
        new('\u0328', 202, "AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ"),
        new('\u032D', 220, "DdEeLlNnTtUu", "ḒḓḘḙḼḽṊṋṰṱṶṷ"),
        new('\u032E', 220, "Hh", "Ḫḫ"),
        new('\u0330', 220, "EeIiUu", "ḚḛḬḭṴṵ"),
        new('\u0331', 220, "BbDdKkLlNnRrTtZzh", "ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ"),
        new('\u0338', 1, "←→↔⇐⇔⇒∃∈∋∣∥∼≃≅≈=≡≍<>≤≥≲≳≶≷≺≻⊂⊃⊆⊇⊢⊨⊩⊫≼≽⊑⊒⊲⊳⊴⊵", "↚↛↮⇍⇎⇏∄∉∌∤∦≁≄≇≉≠≢≭≮≯≰≱≴≵≸≹⊀⊁⊄⊅⊈⊉⊬⊭⊮⊯⋠⋡⋢⋣⋪⋫⋬⋭"),
        new('\u0342', 230, "ἀἁἈἉἠἡἨἩἰἱἸἹὐὑὙὠὡὨὩα¨η᾿ιϊ῾υϋω", "ἆἇἎἏἦἧἮἯἶἷἾἿὖὗὟὦὧὮὯᾶ῁ῆ῏ῖῗ῟ῦῧῶ"),
        new('\u0345', 240, "ἀἁἂἃἄἅἆἇἈἉἊἋἌἍἎἏἠἡἢἣἤἥἦἧἨἩἪἫἬἭἮἯὠὡὢὣὤὥὦὧὨὩὪὫὬὭὮὯὰαάᾶΑὴηήῆΗὼωώῶΩ", "ᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾐᾑᾒᾓᾔᾕᾖᾗᾘᾙᾚᾛᾜᾝᾞᾟᾠᾡᾢᾣᾤᾥᾦᾧᾨᾩᾪᾫᾬᾭᾮᾯᾲᾳᾴᾷᾼῂῃῄῇῌῲῳῴῷῼ"),
        new('\u0653', 230, "ا", "آ"),
        new('\u0654', 230, "اويەہے", "أؤئۀۂۓ"),
        new('\u0655', 220, "ا", "إ"),
        new('\u093C', 7, "नरळ", "ऩऱऴ"),
        new('\u09BE', 0, "\u09C7", "\u09CB"),
        new('\u09D7', 0, "\u09C7", "\u09CC"),
        new('\u0B3E', 0, "\u0B47", "\u0B4B"),
        new('\u0B56', 0, "\u0B47", "\u0B48"),
        new('\u0B57', 0, "\u0B47", "\u0B4C"),
        new('\u0BBE', 0, "\u0BC6\u0BC7", "\u0BCA\u0BCB"),
        new('\u0BD7', 0, "ஒ\u0BC6", "ஔ\u0BCC"),
        new('\u0C56', 91, "\u0C46", "\u0C48"),
        new('\u0CC2', 0, "\u0CC6", "\u0CCA"),
        new('\u0CD5', 0, "\u0CBF\u0CC6\u0CCA", "\u0CC0\u0CC7\u0CCB"),
        new('\u0CD6', 0, "\u0CC6", "\u0CC8"),
        new('\u0D3E', 0, "\u0D46\u0D47", "\u0D4A\u0D4B"),
        new('\u0D57', 0, "\u0D46", "\u0D4C"),
        new('\u0DCA', 9, "\u0DD9\u0DDC", "\u0DDA\u0DDD"),
        new('\u0DCF', 0, "\u0DD9", "\u0DDC"),
        new('\u0DDF', 0, "\u0DD9", "\u0DDE"),
        new('\u102E', 0, "ဥ", "ဦ"),
        new('\u1B35', 0, "ᬅᬇᬉᬋᬍᬑ\u1B3A\u1B3C\u1B3E\u1B3F\u1B42", "ᬆᬈᬊᬌᬎᬒ\u1B3B\u1B3D\u1B40\u1B41\u1B43"),
        new('\u3099', 8, "かきくけこさしすせそたちつてとはひふへほうゝカキクケコサシスセソタチツテトハヒフヘホウワヰヱヲヽ", "がぎぐげござじずぜぞだぢづでどばびぶべぼゔゞガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヸヹヺヾ"),
        new('\u309A', 8, "はひふへほハヒフヘホ", "ぱぴぷぺぽパピプペポ"),
    ];

    private static readonly Dictionary<(char Letter, char Mark), char> Composites =
        Rows.SelectMany(row => row.Letters.Select((letter, index) => ((letter, row.Mark), row.Composites[index]))).ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static readonly Dictionary<char, (char Letter, char Mark)> Parts = Composites.ToDictionary(pair => pair.Value, pair => pair.Key);

    private static readonly Dictionary<char, int> Classes = Rows.ToDictionary(row => row.Mark, row => row.Class);

    /// <summary>The one letter that a letter and a mark make, or null.</summary>
    public static char? Compose(char letter, char mark) => Composites.TryGetValue((letter, mark), out var composite) ? composite : null;

    /// <summary>The letter and the mark that a letter is made of, or null.</summary>
    public static (char Letter, char Mark)? Divide(char composite) => Parts.TryGetValue(composite, out var parts) ? parts : null;

    /// <summary>The canonical combining class of a mark of the table; null for other characters.</summary>
    public static int? ClassOf(char mark) => Classes.TryGetValue(mark, out var found) ? found : null;

    private readonly record struct MarkRow(char Mark, int Class, string Letters, string Composites);
}

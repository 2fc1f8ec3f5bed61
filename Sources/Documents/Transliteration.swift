/// What single UTF-16 units become in a slug (`contract/workspaces.md` appendix A and 9.2, `documents.md` 7.1).
enum Transliteration {
    typealias Table = [UInt16: [UInt16]]

    /// Letters of other scripts, currency signs and the like; what documents use on top of it is
    /// ``documents``, what workspaces and threads use ``workspaces``.
    static let base = parse(lines)

    static let documents = base.merging(units(["|": "or", "/": "-"])) { $1 }

    static let workspaces = base.merging(
        units([
            "+": " plus ", "!": " bang ", "@": " at ", "*": " splat ", ".": " dot ", ":": "", "~": "", "(": "",
            ")": "", "'": "", "\"": "", "|": "",
        ])
    ) { $1 }

    private static func units(_ pairs: [Unicode.Scalar: String]) -> Table {
        var table: Table = [:]
        for (scalar, text) in pairs { table[UInt16(scalar.value)] = Array(text.utf16) }
        return table
    }

    /// Each line is the text produced, an equals sign, and the units that produce it.
    private static func parse(_ lines: String) -> Table {
        var table: Table = [:]
        for line in lines.utf16.split(separator: 0x0A) {
            guard let equals = line.firstIndex(of: 0x3D) else { continue }
            let replacement = Array(line[..<equals])
            for unit in line[line.index(after: equals)...] { table[unit] = replacement }
        }
        return table
    }

    private static let lines = #"""
        '=‘’
        (c)=©
        (r)=®
        *=•
        +=†
        -=–
        ...=…
        0=\#u{0660}\#u{06F0}
        1=\#u{0661}\#u{06F1}
        2=\#u{0662}\#u{06F2}
        3=Ξξ\#u{0663}\#u{06F3}
        4=\#u{0664}\#u{06F4}
        5=\#u{0665}\#u{06F5}
        6=\#u{0666}\#u{06F6}
        7=\#u{0667}\#u{06F7}
        8=Θθ\#u{0668}\#u{06F8}
        9=\#u{0669}\#u{06F9}
        "=“”„
        A=ÀÁÂÃÄÅĀĂĄΆΑАԱẠẢẤẦẨẪẬẮẰẲẴẶ
        a=ªàáâãäåāăąάαа\#u{0621}\#u{0623}\#u{0627}\#u{0639}\#u{0649}\#u{064E}\#u{10D0}ạảấầẩẫậắằẳẵặ
        aa=\#u{0622}
        AE=ÆӘ
        ae=æә
        an=\#u{064B}
        and=\#u{0026}
        austral=₳
        B=ΒБԲ
        b=βб\#u{0628}\#u{10D1}
        baht=฿
        bitcoin=₿
        C=ÇĆČЋЦՑ
        c=çćčцћ
        C'=Ծ
        cedi=₵
        cent=¢
        CH=Չ
        Ch=Ч
        ch=ч\#u{0686}\#u{10E9}\#u{10ED}
        cruzeiro=₢
        currency=¤
        D=ÐĎΔДԴ
        d=ðďδд\#u{062F}\#u{10D3}∂
        D'=Ձ
        delta=∆
        dh=\#u{0636}
        DJ=ĐЂ
        dj=đђ
        dollar=\#u{0024}
        dong=₫
        drachma=₯
        DZ=Џ
        dz=џ\#u{10EB}
        E=ÈÉÊËĒĖĚƏΈΕЕЭԵẸẺẼẾỀỂỄỆ
        e=èéêëēėĘęěəέεеэ\#u{0626}\#u{0650}\#u{10D4}ẹẻẽếềểễệ
        E'=Է
        ecu=₠
        en=\#u{064D}
        euro=€
        EV=և
        F=ΦФՖ
        f=ƒφф\#u{0641}\#u{10E4}
        french franc=₣
        G=ĞĢΓГҐԳ
        g=ğģγгґ\#u{06AF}\#u{10D2}
        GH=ҒՂ
        gh=ғ\#u{063A}\#u{10E6}
        greater=\#u{003E}
        guarani=₲
        H=ΉΗХҺՀ
        h=ήηхһ\#u{0629}\#u{062D}\#u{0647}\#u{10F0}
        hryvnia=₴
        I=ÌÍÎÏĨĮİΊΙΪІИԻỈỊ
        i=ìíîïĩĪīįıΐίιϊиі\#u{0625}\#u{10D8}ỉị
        indian rupee=₹
        infinity=∞
        J=ЈЙՋ
        j=йј\#u{062C}\#u{10EF}
        JH=Ժ
        K=ΚКԿ
        k=Ķķκк\#u{0643}\#u{06A9}\#u{10D9}\#u{10E5}
        kazakhstani tenge=₸
        KH=Қ
        kh=қ\#u{062E}\#u{10EE}
        kip=₭
        L=ĻĽŁΛЛԼ
        l=ļľłλл\#u{0644}\#u{10DA}
        la=\#u{FEFB}
        laa=\#u{FEF5}\#u{FEF7}
        lai=\#u{FEF9}
        less=\#u{003C}
        lira=₤
        LJ=ǈЉ
        lj=ǉљ
        love=♥
        M=ΜМՄ
        m=μм\#u{0645}\#u{10DB}
        mill=₥
        N=ÑŃŅŇΝНՆ
        n=ñńņňνн\#u{0646}\#u{10DC}
        naira=₦
        new shequel=₪
        NG=Ң
        ng=ң
        NJ=ǋЊ
        nj=ǌњ
        O=ÒÓÔÕÖØŌŐƠΌΟОỌỎỐỒỔỖỘỚỜỞỠỢ
        o=ºòóôõöøōőơ˚οόо\#u{10DD}ọỏốồổỗộớờởỡợ
        O''=Օ
        OE=ŒӨ
        oe=œө
        on=\#u{064C}
        P=ΠПՊ
        p=πп\#u{067E}\#u{10DE}
        P'=Փ
        penny=₰
        percent=\#u{0025}
        peseta=₧
        peso=₱
        pound=£
        PS=Ψ
        ps=ψ
        q=\#u{0642}\#u{10E7}
        Q'=Ք
        R=ŔŘΡРՐ
        r=ŕřρр\#u{0631}\#u{10E0}
        R'=Ռ
        rial=\#u{FDFC}
        rupee=₨
        russian ruble=₽
        S=ŚŞŠȘΣСՍṢ
        s=śşšșςσс\#u{0633}\#u{0635}\#u{10E1}ṣ
        SH=Շ
        Sh=ШЩ
        sh=шщ\#u{0634}\#u{10E8}
        sm=℠
        SS=ẞ
        ss=ß
        sum=∑
        T=ŢŤȚΤТՏ
        t=ţťțτт\#u{062A}\#u{0637}\#u{10D7}\#u{10E2}
        T'=Թ
        TH=Þ
        th=þ\#u{062B}\#u{0630}
        tm=™
        ts=\#u{10EA}\#u{10EC}
        tugrik=₮
        turkish lira=₺
        TW=Ճ
        U=ÙÚÛÜŨŮŰŲƯУЪҰỤỦỨỪỬỮỰ
        u=ùúûüũŪūůűųưуъѝұ\#u{0624}\#u{064F}\#u{10E3}ụủứừửữự
        UE=Ү
        ue=ү
        V=ВՎ
        v=в\#u{10D5}
        W=ŴΏΩẀẂẄ
        w=ŵωώ\#u{0648}ẁẃẅ
        won=₩
        X=ΧԽ
        x=χ
        Y=ÝŶŸΎΥΫЫՅỲỴỶỸ
        y=ýÿŷΰυϋύы\#u{064A}\#u{06CC}ỳỵỷỹ
        Y'=Ը
        Ya=Я
        ya=я
        Ye=Є
        ye=є
        yen=¥円
        Yi=Ї
        yi=ї
        Yo=Ё
        yo=ё
        Yu=Ю
        yu=ю
        yuan=元
        Z=ŹŻŽΖЗԶ
        z=źżžζз\#u{0632}\#u{0638}\#u{10D6}
        Zh=Ж
        zh=ж\#u{0698}\#u{10DF}
        =Ьь\#u{0652}
        """#
}

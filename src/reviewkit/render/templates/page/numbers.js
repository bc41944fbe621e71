// Numbers: what one means and what it is made of opens beside it.
(function(){
var data=page.numbers,spots=[].slice.call(document.querySelectorAll(".rk-num"));
if(!spots.length)return;
function text(at){return data.texts[at];}
function add(to,tag,words,name){
  if(!words)return null;
  var item=document.createElement(tag);item.textContent=words;
  if(name)item.className=name;
  to.append(item);return item;
}
var box=document.createElement("div");
box.className="rk-behind";box.id="rk-behind";box.setAttribute("popover","auto");
box.setAttribute("role","dialog");box.tabIndex=-1;
document.body.append(box);
var asker=null;
function fill(button){
  var number=data.numbers[+button.getAttribute("data-n")],measure=data.measures[number[0]];
  box.textContent="";
  box.setAttribute("aria-label",page.words.behind.replace("{number}",button.textContent));
  var close=add(box,"button","×","rk-close");
  close.type="button";close.setAttribute("aria-label",page.words.close);
  close.addEventListener("click",function(){box.hidePopover();});
  if(measure){
    var head=add(box,"p",text(measure[0]),"rk-behind-head");
    add(head,"span",button.textContent,"rk-behind-number");
    add(box,"p",text(measure[1]));
    [2,3,4,5].forEach(function(at){add(box,"p",text(measure[at]),"rk-small");});
  }
  var list=document.createElement("dl");
  for(var at=1;at<number.length;at+=2){
    var row=document.createElement("div");
    add(row,"dt",text(number[at]));add(row,"dd",text(number[at+1]));
    list.append(row);
  }
  box.append(list);
  var anchor=measure&&"def-"+measure[6];
  if(anchor&&document.getElementById(anchor)){
    var link=add(add(box,"p"," ","rk-small"),"a",page.words.definition);
    link.href="#"+anchor;
    link.addEventListener("click",function(){asker=null;box.hidePopover();});
  }
}
function place(button){
  var at=button.getBoundingClientRect(),room=document.documentElement.clientWidth;
  if(room<720){box.style.left=box.style.top="";return;}
  box.style.left=Math.max(16,Math.min(at.left+window.scrollX,room-box.offsetWidth-16))+"px";
  var under=at.bottom+8+box.offsetHeight<window.innerHeight||at.top<box.offsetHeight+8;
  box.style.top=(under?at.bottom+8:at.top-box.offsetHeight-8)+window.scrollY+"px";
}
function open(button){
  asker=button;fill(button);
  box.showPopover();place(button);box.focus({preventScroll:true});
}
box.addEventListener("toggle",function(event){
  if(event.newState==="open"){if(asker)asker.setAttribute("aria-expanded","true");return;}
  [].forEach.call(document.querySelectorAll(".rk-num[aria-expanded=true]"),function(item){item.setAttribute("aria-expanded","false");});
});
box.addEventListener("keydown",function(event){
  if(event.key==="Escape"&&asker){event.preventDefault();box.hidePopover();asker.focus();}
});
// In a table the numbers are one stop of the tab key; arrow keys go from one to the next.
var tables=new Map();
spots.forEach(function(spot){
  var button=document.createElement("button");
  button.type="button";button.className="rk-num";
  button.setAttribute("data-n",spot.getAttribute("data-n"));
  button.setAttribute("aria-haspopup","dialog");button.setAttribute("aria-expanded","false");
  button.textContent=spot.textContent;
  spot.replaceWith(button);
  button.addEventListener("click",function(){open(button);});
  var table=button.closest("table");
  if(!table)return;
  if(tables.has(table))button.tabIndex=-1;else tables.set(table,button);
});
document.addEventListener("keydown",function(event){
  var step={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[event.key];
  var here=document.activeElement,table=here&&here.classList.contains("rk-num")&&here.closest("table");
  if(!step||!table)return;
  var all=[].slice.call(table.querySelectorAll("button.rk-num")),to;
  if(event.key==="ArrowUp"||event.key==="ArrowDown"){
    var key=here.closest("td,th").getAttribute("data-c");
    all=all.filter(function(item){return item.closest("td,th").getAttribute("data-c")===key;});
  }
  to=all[all.indexOf(here)+step];
  event.preventDefault();
  if(!to)return;
  here.tabIndex=-1;to.tabIndex=0;to.focus();
});
})();
